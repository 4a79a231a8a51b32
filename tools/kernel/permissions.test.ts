import { describe, expect, it } from "vitest";
import { registry } from "../registry.gen.ts";
import { hasPermission, permissions, type Role, roles } from "./permissions.ts";

// Technical design 7.2, written out: a changed grant must be changed here too.
const matrix: Record<Role, readonly string[]> = {
  admin: permissions,
  member: [
    "costs:read",
    "costs:import",
    "resources:read",
    "resources:scan",
    "recommendations:read",
    "recommendations:update",
    "conversations:own",
    "reports:read",
    "reports:create",
    "policies:read",
    "remediation:read",
    "remediation:propose",
  ],
  viewer: [
    "costs:read",
    "resources:read",
    "recommendations:read",
    "conversations:own",
    "reports:read",
    "policies:read",
    "remediation:read",
  ],
  auditor: ["audit:read"],
};

describe("permissions", () => {
  it.each(roles)("grants %s exactly what the design says", (role) => {
    const granted = permissions.filter((permission) => hasPermission(role, permission));
    expect([...granted].sort()).toEqual([...matrix[role]].sort());
  });

  it("lets a viewer use every read tool of costs and resources, and an auditor none", () => {
    for (const tool of registry.tools.filter(({ effect }) => effect === "read")) {
      expect(hasPermission("viewer", tool.permission), tool.name).toBe(true);
      expect(hasPermission("auditor", tool.permission), tool.name).toBe(false);
    }
  });

  it("lets nobody but an admin manage settings", () => {
    for (const role of roles) expect(hasPermission(role, "settings:manage")).toBe(role === "admin");
  });
});
