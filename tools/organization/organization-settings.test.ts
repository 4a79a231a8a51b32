import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import type { Role } from "../kernel/permissions.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";

describeEachEngine("the organization's settings", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  const call = async (name: string, input: unknown = {}, where = organization, role: Role = "admin") =>
    (await tools.invoke({ actor: tools.actor(where, role), name, input, source: "rest" })).output;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-20T12:00:00Z" });
    organization = await tools.createOrganization("Contoso");
  });

  test("are changed one by one, by an admin, for this organization alone", async () => {
    const other = await tools.createOrganization("Fabrikam");
    const before = await call("get_organization_settings", {}, other);
    await call("update_organization_settings", { timeZone: "Asia/Kolkata" });
    await call("update_organization_settings", { keepsHistory: true });
    const changed = { timeZone: "Asia/Kolkata", keepsHistory: true };
    expect(await call("get_organization_settings")).toEqual(changed);
    expect(await call("update_organization_settings")).toEqual(changed);
    expect(await call("get_organization_settings", {}, other)).toEqual(before);
    for (const role of ["member", "viewer", "auditor"] as const) {
      const refused = call("update_organization_settings", { keepsHistory: false }, organization, role);
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await call("get_organization_settings")).toEqual(changed);
  });

  test("decide whether old data is removed", async () => {
    await call("update_organization_settings", { keepsHistory: true });
    expect(await call("apply_retention")).toMatchObject({ exempt: true });
    await call("update_organization_settings", { keepsHistory: false });
    expect(await call("apply_retention")).toMatchObject({ exempt: false });
  });

  test.each(["Mars/Olympus", "+02:00", "", " ", "UTC; drop table users"])(
    "refuse the zone %j",
    async (timeZone) => {
      const refused = call("update_organization_settings", { timeZone });
      await expect(refused).rejects.toMatchObject({
        code: "invalid_input",
        message: expect.stringContaining("Europe/Berlin"),
      });
    },
  );
});
