import { describe, expect, it } from "vitest";
import { registry } from "../registry.gen.ts";
import { hasPermission, narrowerRole, permissions, type Role, roles } from "./permissions.ts";

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
    "remediation:decide",
    "api-keys:own",
  ],
  viewer: [
    "costs:read",
    "resources:read",
    "recommendations:read",
    "conversations:own",
    "reports:read",
    "policies:read",
    "remediation:read",
    "api-keys:own",
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

  it("lets nobody but an admin manage settings, people, policies and connections", () => {
    for (const role of roles) {
      for (const what of ["settings", "people", "policies", "connections"] as const) {
        expect(hasPermission(role, `${what}:manage`)).toBe(role === "admin");
      }
    }
  });

  it("gives an API key the narrower of its own role and its owner's", () => {
    expect(narrowerRole("viewer", "admin")).toBe("viewer");
    expect(narrowerRole("admin", "viewer")).toBe("viewer");
    expect(narrowerRole("member", "member")).toBe("member");
    expect(narrowerRole("auditor", "admin")).toBe("auditor");
    expect(narrowerRole("member", "auditor")).toBeNull();
    expect(narrowerRole("auditor", "viewer")).toBeNull();
  });

  it("never gives a key a permission that its owner lacks", () => {
    for (const key of roles) {
      for (const owner of roles) {
        const role = narrowerRole(key, owner);
        if (role === null) continue;
        for (const permission of permissions.filter((one) => hasPermission(role, one))) {
          expect(hasPermission(owner, permission), `${key} key of ${owner}: ${permission}`).toBe(true);
          expect(hasPermission(key, permission), `${key} key of ${owner}: ${permission}`).toBe(true);
        }
      }
    }
  });
});
