import { findProposal, keepSimulation } from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { findAction } from "./find-action.ts";
import { readPlan } from "./frozen-plan.ts";
import { noSuchProposal } from "./get-proposal.tool.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { changeOf, whyNotNow } from "./run-item.ts";

export default defineOperation({
  name: "simulate_proposal",
  title: "Dry run",
  description:
    "Checks a waiting proposal against the cloud as it is now, without changing anything: drift, locks, evidence, and the permissions that the connection's identity lacks.",
  permission: "remediation:propose",
  effect: "write",
  rest: "POST /remediation/simulate",
  input: z.object({ id: z.uuid() }),
  output: z.object({
    ok: z.boolean(),
    at: z.string(),
    items: z.array(z.object({ resourceId: z.string(), problems: z.array(z.string()) })),
  }),
  async run(ctx, { id }) {
    const row = await ctx.read((transaction) => findProposal(transaction, id));
    if (!row) throw noSuchProposal();
    const plan = readPlan(row.plan);
    const change = changeOf(findAction(plan.action), plan.direction);
    const cloud = await ctx.cloud(plan.connectionId);
    const { now, realNow, signal } = ctx;
    const items = await mapInTurns(plan.items, async (item) => {
      const drift = await whyNotNow({ cloud, now, realNow, signal }, change, item);
      const missing = await cloud.missingPermissions(item.resourceId, change.operations, signal);
      const problems = [
        ...(drift ? [drift] : []),
        ...missing.map((operation) => `The connection's identity lacks the permission ${operation}.`),
      ];
      return { resourceId: item.resourceId, problems };
    });
    const at = ctx.realNow();
    const report = { ok: items.every(({ problems }) => problems.length === 0), at: at.toISOString(), items };
    const kept = await ctx.write((transaction) => keepSimulation(transaction, { id, report, at }));
    if (!kept) {
      throw new AppError("conflict", "It no longer waits for a decision, so there is nothing to simulate.", {
        hint: "Open it to see its state.",
      });
    }
    ctx.publish({ type: "remediation_updated", data: { id, status: "simulated" } });
    return report;
  },
});
