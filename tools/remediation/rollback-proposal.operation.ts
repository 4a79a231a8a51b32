import { findProposal, listItems, type ProposalRow } from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import type { WriteContext } from "../kernel/context.ts";
import type { Action, ActionUndo } from "../kernel/define-action.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { findAction } from "./find-action.ts";
import { type FrozenPlan, type PlanItem, readPlan } from "./frozen-plan.ts";
import { noSuchProposal } from "./get-proposal.tool.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { locksOver } from "./plan-resource.ts";
import { type Draft, propose } from "./propose.ts";
import { ProposalSummary, summarize } from "./propose-all.ts";
import { sameJson } from "./same-json.ts";

export default defineOperation({
  name: "rollback_proposal",
  title: "Undo a change",
  description:
    "Proposes to undo what a change did, from the state after it. The undo is a plan of its own that people approve; a resource that changed since is refused.",
  permission: "remediation:propose",
  effect: "write",
  personOnly: true,
  rest: "POST /remediation/rollback",
  input: z.object({ id: z.uuid() }),
  output: ProposalSummary,
  async run(ctx, { id }) {
    const row = await ctx.read((transaction) => findProposal(transaction, id));
    if (!row) throw noSuchProposal();
    const plan = readPlan(row.plan);
    const action = findAction(plan.action);
    if ("irreversible" in action.undo) {
      throw new AppError("unsupported", `It cannot be undone: ${action.undo.irreversible}`);
    }
    const undo = action.undo;
    const done = await readDone(ctx, row, plan);
    const expiry = earliest(done.map(({ item }) => undo.until(item.parameters)));
    if (expiry && expiry <= ctx.realNow()) {
      throw new AppError(
        "conflict",
        `It can no longer be undone: what was kept for it ended on ${day(expiry)}.`,
      );
    }
    const cloud = await ctx.cloud(plan.connectionId);
    const { now, realNow, signal } = ctx;
    const items = await mapInTurns(done, async ({ item, after }) => {
      const live = await cloud.resource(item.resourceId, signal);
      const found = undo.driftFields(live, item.parameters);
      if (!sameJson(found, after)) {
        throw new AppError("conflict", `${item.resourceName} changed since, so it is not undone.`, {
          hint: "Look at the resource and change it by hand.",
        });
      }
      const locks = await locksOver(cloud, item.resourceId, live !== null, signal);
      const against = await undo.checkEvidence({ cloud, now, realNow, signal, locks }, live, item.parameters);
      if (against) throw new AppError("conflict", `${item.resourceName}: ${against}`);
      return toUndoItem(undo, item, found);
    });
    const undoing: Draft = {
      action: plan.action,
      version: action.version,
      direction: "undo",
      headline: undo.headline(items.length),
      resources: [plan],
      items,
      risk: riskOfUndo(plan),
      reversible: true,
      undoOf: id,
      input: {},
      recommendationIds: [],
      ...(expiry ? { expiresBefore: expiry } : {}),
    };
    const [proposed] = await propose(ctx, [undoing]);
    ctx.publish({ type: "remediation_updated", data: { id: proposed!.id, status: "proposed" } });
    return summarize(proposed!);
  },
});

/** What the change did and verified; only that is undone. */
async function readDone(
  ctx: WriteContext,
  row: ProposalRow,
  plan: FrozenPlan,
): Promise<{ item: PlanItem; after: unknown }[]> {
  if (plan.direction === "undo") {
    throw new AppError("unsupported", "This is an undo itself; propose the change again instead.");
  }
  if (row.status !== "completed" && row.status !== "failed") {
    throw new AppError("conflict", `It is ${row.status.replace("_", " ")}, so there is nothing to undo.`);
  }
  const items = await ctx.read((transaction) => listItems(transaction, row.id));
  const done = items
    .filter(({ status }) => status === "completed")
    .map(({ position, result }) => ({ item: plan.items[position]!, after: result.after }));
  if (done.length === 0) throw new AppError("conflict", "Nothing was changed, so there is nothing to undo.");
  return done;
}

function toUndoItem(
  undo: ActionUndo,
  item: PlanItem,
  driftFields: ReturnType<Action["apply"]["driftFields"]>,
): PlanItem {
  return {
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    parameters: item.parameters,
    driftFields: { ...driftFields } as PlanItem["driftFields"],
    evidence: [],
    effects: undo.effects?.(item.parameters) ?? [],
    undo: null,
    monthlySavings: null,
    createdMonthlyCost: null,
  };
}

/** Going back is no graver than the change was, and never needs more people than it did. */
const riskOfUndo = (plan: FrozenPlan) => plan.risk;

function earliest(times: readonly (string | null)[]): Date | null {
  const known = times.flatMap((time) => (time === null ? [] : [new Date(time)]));
  return known.length === 0 ? null : new Date(Math.min(...known.map(Number)));
}

const day = (date: Date) => date.toISOString().slice(0, 10);
