import { withTenant } from "@cloudoptima/db/client.ts";
import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, it } from "vitest";
import { systemActor } from "../access/system-actor.ts";
import type { Actor } from "../kernel/actor.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { AuditList } from "./list-audit.operation.ts";
import type { AuditVerification } from "./verify-audit.operation.ts";

describeEachEngine("list_audit and verify_audit", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let ada: Actor;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-01T09:00:00Z" });
    organization = await tools.createOrganization("Audit");
    ada = { ...tools.actor(organization, "admin"), name: "Ada then" };
    await withTenant(engine.database(), organization.id, { access: "write" }, (transaction) =>
      addPeople(transaction, [
        {
          id: ada.userId,
          organization_id: organization.id,
          email: `${ada.userId}@a.example`,
          name: "Ada Now",
          role: "admin",
        },
      ]),
    );
    const record = tools.audit.record;
    await record(ada, {
      action: "approve_proposal",
      outcome: "done",
      source: "web",
      resourceType: "proposal",
      resourceId: "Proposal-1",
      ipAddress: "192.0.2.7",
      details: { planHash: "abc" },
    });
    await record(tools.actor(organization, "viewer"), {
      action: "approve_proposal",
      outcome: "refused",
      source: "slack",
      resourceType: "proposal",
      resourceId: "Proposal-1",
      details: {},
    });
    await record(systemActor(organization), {
      action: "execute_proposal",
      outcome: "done",
      source: "worker",
      details: { items: ["/subscriptions/s/VM-web-1"] },
    });
    await record(
      { organizationId: organization.id, userId: null, via: "session" },
      { action: "sign_in", outcome: "refused", source: "web", details: { "e\0mail": "x\ud800\\u0000" } },
    );
  });

  const list = async (input: object, role: "admin" | "auditor" = "auditor") => {
    const actor = tools.actor(organization, role);
    return (await tools.invoke({ actor, name: "list_audit", input, source: "web" })).output as AuditList;
  };
  const sequences = async (input: object) => (await list(input)).rows.map(({ sequence }) => sequence);

  it("shows the newest first, with people as they are called now, else as they were", async () => {
    const { rows, totalCount, olderThan, actions } = await list({});
    expect(totalCount).toBe(4);
    expect(olderThan).toBeNull();
    expect(actions).toEqual(["approve_proposal", "execute_proposal", "sign_in"]);
    expect(rows.map(({ sequence, person }) => [sequence, person.name])).toEqual([
      [4, null],
      [3, "CloudOptima"],
      [2, "Test viewer"],
      [1, "Ada Now"],
    ]);
    expect(rows[3]).toMatchObject({
      action: "approve_proposal",
      outcome: "done",
      source: "web",
      resourceId: "Proposal-1",
      ipAddress: "192.0.2.7",
      details: { planHash: "abc", via: "session", by: { name: "Ada then", role: "admin" } },
    });
    expect(rows[0]!.details).toMatchObject({ "e\ufffdmail": "x\ufffd\\u0000" });
  });

  it.each([
    [{ action: "approve_proposal" }, [2, 1]],
    [{ outcome: "refused" }, [4, 2]],
    [{ outcome: "refused", action: "approve_proposal" }, [2]],
    [{ person: "ada now" }, [1]],
    [{ person: "ada THEN" }, [1]],
    [{ person: "%" }, []],
    [{ resource: "proposal-1" }, [2, 1]],
    [{ resource: "vm-WEB" }, [3]],
    [{ from: "2020-01-01", until: "2020-02-01" }, []],
    [{ from: "2020-01-01" }, [4, 3, 2, 1]],
  ])("filters by %j", async (input, expected) => {
    expect(await sequences(input)).toEqual(expected);
  });

  it("finds a person by the whole id", async () => {
    expect(await sequences({ person: ada.userId.toUpperCase() })).toEqual([1]);
  });

  it("pages without gaps or repetition while new rows come", async () => {
    const first = await list({ limit: 3 });
    await tools.audit.record(ada, { action: "later", outcome: "done", source: "web", details: {} });
    expect(first.rows.map(({ sequence }) => sequence)).toEqual([4, 3, 2]);
    expect(await sequences({ limit: 3, before: first.olderThan! })).toEqual([1]);
  });

  it("is for admins and auditors; a refused look is audited itself", async () => {
    for (const role of ["member", "viewer"] as const) {
      for (const name of ["list_audit", "verify_audit"]) {
        const actor = tools.actor(organization, role);
        await expect(tools.invoke({ actor, name, input: {}, source: "web" })).rejects.toMatchObject({
          code: "forbidden",
        });
      }
    }
    expect(
      (await list({ outcome: "refused" }, "admin")).rows.slice(0, 4).map(({ action }) => action),
    ).toEqual(["verify_audit", "list_audit", "verify_audit", "list_audit"]);
  });

  it("shows and checks nothing of another organization", async () => {
    const other = await tools.createOrganization("Other");
    const auditor = tools.actor(other, "auditor");
    const ask = (name: string) => tools.invoke({ actor: auditor, name, input: {}, source: "web" });
    expect((await ask("list_audit")).output).toMatchObject({ totalCount: 0, rows: [], actions: [] });
    expect((await ask("verify_audit")).output).toMatchObject({ intact: true, rowCount: 0, head: null });
  });

  it("says that the chain is intact, and up to where", async () => {
    const actor = tools.actor(organization, "auditor");
    const { output } = await tools.invoke({ actor, name: "verify_audit", input: {}, source: "web" });
    const { rows } = await list({ limit: 1 });
    expect(output as AuditVerification).toMatchObject({
      organization: organization.name,
      intact: true,
      rowCount: 4,
      head: { sequence: 4, time: rows[0]!.time },
      newestSignedSequence: 4,
      broken: null,
    });
  });
});
