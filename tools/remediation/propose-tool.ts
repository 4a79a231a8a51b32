import type { NamedResource } from "@cloudoptima/db/queries/planned-resources.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Action, Risk } from "../kernel/define-action.ts";
import { defineTool, type Tool } from "../kernel/define-tool.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { type PlannedResource, planResource } from "./plan-resource.ts";
import { type Draft, type Proposed, propose, readSavings } from "./propose.ts";
import { resolveResources } from "./resolve-resources.ts";

const resourcesField = {
  resources: z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(50)
    .describe("Full resource ids, or names that only one resource has"),
};

/** One plan that now waits for people. */
export const ProposalSummary = z.object({
  id: z.string(),
  planHash: z.string(),
  headline: z.string(),
  resourceCount: z.number().int(),
  resourceNames: z.array(z.string()),
  monthlySavings: z
    .array(Money)
    .describe("At the organization's own rates; empty: no recommendation prices it"),
  createdMonthlyCost: z.array(Money).describe("What the change itself creates, at list price"),
  risk: z.enum(["low", "medium", "high"]),
  reversible: z.boolean(),
  undo: z.string().nullable(),
  effects: z.array(z.string()),
  requiredApprovers: z.number().int(),
  expiresAt: z.string(),
  merged: z.boolean().describe("The same change was already waiting for approval"),
});

export const ProposalResult = z.object({
  proposals: z.array(ProposalSummary),
  next: z.string(),
});
export type ProposalResult = z.infer<typeof ProposalResult>;

/** The propose_* tool of an action: it plans and asks, and changes nothing. */
export function proposeTool<const Name extends string, Input extends z.ZodObject>(
  action: Action<Name, Input>,
): Tool<`propose_${Name}`, z.ZodObject<typeof resourcesField & Input["shape"]>, typeof ProposalResult> {
  const input = z.object({ ...resourcesField, ...action.input.shape });
  return defineTool({
    name: `propose_${action.name}`,
    title: action.title,
    description: action.description,
    examples: action.examples,
    permission: action.permission,
    effect: "propose",
    input,
    output: ProposalResult,
    views: ({ proposals }: ProposalResult) =>
      proposals.map(({ id, headline }) => ({ type: "proposal" as const, proposalId: id, title: headline })),
    run: (ctx: WriteContext, given: Record<string, unknown>) =>
      proposeAll(ctx, action as unknown as Action, given),
  }) as unknown as ReturnType<typeof proposeTool<Name, Input>>;
}

const risks: readonly Risk[] = ["low", "medium", "high"];

/** One proposal for each connection and subscription, so that each runs with one identity. */
async function proposeAll(
  ctx: WriteContext,
  action: Action,
  given: Record<string, unknown>,
): Promise<ProposalResult> {
  const { resources: named, ...input } = given as { resources: string[] };
  const resources = await resolveResources(ctx, named, action.resourceType);
  const homes = Map.groupBy(
    resources,
    ({ connectionId, subscriptionId }) => `${connectionId} ${subscriptionId}`,
  );
  const proposals: ProposalResult["proposals"] = [];
  for (const group of homes.values()) {
    const proposed = await propose(ctx, await draft(ctx, action, group, input));
    ctx.publish({ type: "remediation_updated", data: { id: proposed.id, status: "proposed" } });
    proposals.push(summarize(proposed));
  }
  return {
    proposals,
    next: "Nothing changes until a person approves: on the Approvals page of the web, by the button in Slack or Teams, or with: npm run cloudoptima -- approve ID",
  };
}

async function draft(
  ctx: WriteContext,
  action: Action,
  resources: readonly NamedResource[],
  input: Record<string, unknown>,
): Promise<Draft> {
  const cloud = await ctx.cloud(resources[0]!.connectionId);
  const planned = await mapInTurns(resources, ({ id }) => planResource(action, cloud, id, input, ctx));
  const savings = await readSavings(
    ctx,
    resources.map(({ id }) => id),
    action.resolves,
  );
  return {
    action: action.name,
    version: action.version,
    direction: "apply",
    headline: action.headline(planned.length, planned[0]!.change.parameters),
    resources,
    items: planned.map((one) => toItem(action, one, savings.get(one.live.id)?.monthlySavings ?? null)),
    risk: risks[Math.max(...planned.map(({ change }) => risks.indexOf(change.risk)))]!,
    reversible: planned.every(({ change }) => change.reversible),
    undoOf: null,
    input,
    recommendationIds: [...savings.values()].flatMap(({ recommendationIds }) => recommendationIds),
  };
}

function toItem(
  action: Action,
  { live, change, driftFields }: PlannedResource,
  monthlySavings: Draft["items"][number]["monthlySavings"],
): Draft["items"][number] {
  return {
    resourceId: live.id,
    resourceName: live.name,
    parameters: { ...change.parameters },
    driftFields: { ...driftFields },
    effects: change.effects,
    undo: "irreversible" in action.undo ? null : action.undo.describe(change.parameters),
    monthlySavings,
    createdMonthlyCost: change.createdMonthlyCost,
  } as Draft["items"][number];
}

/** What a proposal is, in short; the card draws the stored plan itself. */
export function summarize({ id, planHash, plan, merged }: Proposed): ProposalResult["proposals"][number] {
  return {
    id,
    planHash,
    headline: plan.headline,
    resourceCount: plan.items.length,
    resourceNames: plan.items.map(({ resourceName }) => resourceName),
    monthlySavings: plan.monthlySavings,
    createdMonthlyCost: plan.createdMonthlyCost,
    risk: plan.risk,
    reversible: plan.reversible,
    undo: plan.items[0]?.undo ?? null,
    effects: [...new Set(plan.items.flatMap(({ effects }) => effects))],
    requiredApprovers: plan.requiredApprovers,
    expiresAt: plan.expiresAt,
    merged,
  };
}
