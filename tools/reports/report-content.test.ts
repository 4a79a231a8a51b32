import { describe, expect, it } from "vitest";
import { hasPermission, roles } from "../kernel/permissions.ts";
import { registry } from "../registry.gen.ts";
import { ReportContent } from "./report-content.ts";
import { sectionNames, typeSections } from "./report-types.ts";

describe("a report's schema", () => {
  it("refuses an amount that is no exact decimal text, and a section that nobody knows", () => {
    expect(ReportContent.safeParse({}).success).toBe(false);
    expect(ReportContent.shape.sections.safeParse([{ section: "x", title: "x", answers: [] }]).success).toBe(
      false,
    );
  });

  it("asks only what everybody who reads reports may ask", () => {
    const readers = roles.filter((role) => hasPermission(role, "reports:read"));
    expect(readers).toEqual(["admin", "member", "viewer"]);
    expect(
      Object.values(typeSections)
        .flat()
        .every((section) => sectionNames.includes(section)),
    ).toBe(true);
    for (const name of ["get_cost_breakdown", "get_assessment", "list_policies", "list_recommendations"]) {
      for (const role of readers) expect(hasPermission(role, registry.find(name)!.permission)).toBe(true);
    }
  });
});
