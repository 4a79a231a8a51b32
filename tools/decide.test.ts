import { randomUUID } from "node:crypto";
import { inTenant, withTenant } from "@cloudoptima/db/client.ts";
import { findProposal, insertProposal, moveProposal } from "@cloudoptima/db/queries/proposals.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { type DecideEnvironment, type Decision, decideProposal } from "./decide.ts";
import type { Actor } from "./kernel/actor.ts";
import type { Role } from "./kernel/permissions.ts";
import { type FrozenPlan, freezePlan } from "./remediation/frozen-plan.ts";
import { createTestTools, type TestOrganization, type TestTools } from "./testing/test-tools.ts";

const signedIn = { door: "session", freshSignIn: true, demoSignIn: false } as const;

describeEachEngine("decideProposal", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let queued: string[];
  let environment: DecideEnvironment;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-01T09:00:00Z", definitions: [] });
    organization = await tools.createOrganization("Gate");
    queued = [];
    environment = {
      database: engine.database(),
      audit: tools.audit.record,
      realNow: () => new Date(),
      isSandbox: async () => true,
      decided: (_, { id, status }) => void (status === "approved" && queued.push(id)),
    };
  });

  const person = (role: Role): Actor => tools.actor(organization, role);

  async function propose(by: Actor, overrides: Partial<FrozenPlan> = {}) {
    const plan: FrozenPlan = {
      organizationId: organization.id,
      connectionId: randomUUID(),
      subscriptionId: "sub-1",
      action: "stop_vm",
      version: 1,
      direction: "apply",
      headline: "Stop 1 virtual machine",
      items: [
        {
          resourceId: `/subscriptions/sub-1/providers/microsoft.compute/virtualmachines/${randomUUID()}`,
          resourceName: "vm-1",
          parameters: {},
          driftFields: { powerState: "running" },
          evidence: [],
          effects: ["The temporary disk is lost."],
          undo: "Start it again.",
          monthlySavings: { value: "12.34", currency: "USD" },
          createdMonthlyCost: null,
        },
      ],
      monthlySavings: [{ value: "12.34", currency: "USD" }],
      createdMonthlyCost: [],
      risk: "low",
      reversible: true,
      proposedBy: by.userId,
      requiredApprovers: 1,
      selfApproval: false,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      undoOf: null,
      ...overrides,
    };
    const { bytes, hash, subjectHash } = freezePlan(plan, {});
    const id = randomUUID();
    await withTenant(engine.database(), organization.id, { access: "write" }, (transaction) =>
      insertProposal(transaction, {
        id,
        organizationId: organization.id,
        recommendationIds: [],
        actionType: plan.action,
        plan: bytes,
        planHash: hash,
        subjectHash,
        riskLevel: plan.risk,
        reversible: plan.reversible,
        requiredApprovers: plan.requiredApprovers,
        selfApproval: plan.selfApproval,
        proposedBy: by.userId,
        proposedThrough: "web",
        undoOf: null,
        expiresAt: new Date(plan.expiresAt),
        resourceIds: plan.items.map((item) => item.resourceId),
        createdAt: new Date(),
      }),
    );
    return { proposalId: id, planHash: hash };
  }

  const decide = (actor: Actor, decision: Decision, door: Parameters<typeof decideProposal>[2] = signedIn) =>
    decideProposal(environment, actor, door, decision, "web");
  const approve = (proposal: { proposalId: string; planHash: string }): Decision => ({
    ...proposal,
    decision: "approve",
  });
  const status = async (id: string) =>
    (await withTenant(engine.database(), organization.id, { access: "read" }, (t) => findProposal(t, id)))
      ?.status;

  it("approves once, by another person, and tells whoever executes", async () => {
    const proposal = await propose(person("member"));
    const result = await decide(person("admin"), approve(proposal));
    expect(result).toEqual({ status: "approved", approvalCount: 1, requiredCount: 1 });
    expect(queued).toEqual([proposal.proposalId]);
  });

  it("lets two clicks at the same moment execute once", async () => {
    const proposal = await propose(person("member"));
    const results = await Promise.allSettled([
      decide(person("admin"), approve(proposal)),
      decide(person("admin"), approve(proposal)),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(queued).toHaveLength(1);
  });

  it("waits for the second person where two are needed, and counts nobody twice", async () => {
    const proposal = await propose(person("member"), { risk: "high", requiredApprovers: 2 });
    const first = person("admin");
    expect(await decide(first, approve(proposal))).toMatchObject({ status: "proposed", approvalCount: 1 });
    await expect(decide(first, approve(proposal))).rejects.toMatchObject({ code: "conflict" });
    expect(await status(proposal.proposalId)).toBe("proposed");
    expect(await decide(person("admin"), approve(proposal))).toMatchObject({ status: "approved" });
  });

  describe("refuses, executes nothing and audits the reason:", () => {
    const cases: [
      string,
      (own: Actor) => Promise<[Actor, Decision, Parameters<typeof decideProposal>[2]?]>,
      string,
    ][] = [
      [
        "a wrong hash",
        async (own) => [person("admin"), { ...approve(await propose(own)), planHash: "0".repeat(64) }],
        "conflict",
      ],
      [
        "an expired plan",
        async (own) => [
          person("admin"),
          approve(await propose(own, { expiresAt: new Date(Date.now() - 1000).toISOString() })),
        ],
        "conflict",
      ],
      ["the proposer", async (own) => [own, approve(await propose(own))], "forbidden"],
      ["a viewer", async (own) => [person("viewer"), approve(await propose(own))], "forbidden"],
      ["an auditor", async (own) => [person("auditor"), approve(await propose(own))], "forbidden"],
      [
        "a member on high risk",
        async (own) => [person("member"), approve(await propose(own, { risk: "high" }))],
        "forbidden",
      ],
      [
        "an API key",
        async (own) => [person("admin"), approve(await propose(own)), { ...signedIn, door: "api_key" }],
        "forbidden",
      ],
      [
        "an assistant",
        async (own) => [person("admin"), approve(await propose(own)), { ...signedIn, door: "mcp" }],
        "forbidden",
      ],
      [
        "a stale sign-in on an irreversible plan",
        async (own) => [
          person("admin"),
          approve(await propose(own, { reversible: false })),
          { ...signedIn, freshSignIn: false },
        ],
        "forbidden",
      ],
      [
        "another organization's proposal",
        async (own) => {
          const proposal = await propose(own);
          const stranger = await tools.createOrganization("Stranger");
          return [tools.actor(stranger, "admin"), approve(proposal)];
        },
        "not_found",
      ],
    ];
    it.each(cases)("%s", async (_, prepare, code) => {
      const [actor, decision, door] = await prepare(person("member"));
      await expect(decide(actor, decision, door ?? signedIn)).rejects.toMatchObject({ code });
      expect(queued).toEqual([]);
      expect(await status(decision.proposalId)).toBe("proposed");
      const refusals = await withTenant(
        engine.database(),
        actor.organizationId,
        { access: "read" },
        (transaction) =>
          transaction
            .selectFrom("audit_log")
            .select(["outcome", "details"])
            .where("resource_id", "=", decision.proposalId)
            .execute(),
      );
      expect(refusals).toMatchObject([{ outcome: "refused", details: { code } }]);
    });
  });

  it("cannot be passed by SQL: not by the application, the worker, or the gate without approvals", async () => {
    const proposal = await propose(person("member"));
    const run = (
      role: "cloudoptima_app" | "cloudoptima_gate" | "cloudoptima_worker",
      statement: ReturnType<typeof sql>,
    ) =>
      inTenant(engine.database(), organization.id, "write", role, (transaction) =>
        statement.execute(transaction),
      );
    const setApproved = sql`update remediation_actions set status = 'approved' where id = ${proposal.proposalId}`;
    const forge = sql`insert into remediation_approvals (id, organization_id, action_id, plan_hash, user_id, decision, through, decided_at)
      values (${randomUUID()}, ${organization.id}, ${proposal.proposalId}, ${proposal.planHash}, ${randomUUID()}, 'approve', 'web', now())`;
    await expect(run("cloudoptima_app", setApproved)).rejects.toThrow(/permission denied/);
    await expect(run("cloudoptima_app", forge)).rejects.toThrow(/permission denied/);
    await expect(run("cloudoptima_worker", forge)).rejects.toThrow(/permission denied/);
    await expect(run("cloudoptima_worker", setApproved)).rejects.toThrow(/approval|decide/);
    await expect(run("cloudoptima_gate", setApproved)).rejects.toThrow(/approved needs 1 matching/);
    await expect(
      run(
        "cloudoptima_gate",
        sql`update remediation_actions set plan = '{}' where id = ${proposal.proposalId}`,
      ),
    ).rejects.toThrow(/permission denied/);
    expect(await status(proposal.proposalId)).toBe("proposed");
  });

  it("moves only along legal transitions", async () => {
    const { proposalId } = await propose(person("member"));
    const jump = inTenant(engine.database(), organization.id, "write", "cloudoptima_worker", (transaction) =>
      moveProposal(transaction, { id: proposalId, from: ["proposed"], to: "completed", at: new Date() }),
    );
    await expect(jump).rejects.toThrow(/no way from proposed to completed/);
  });
});
