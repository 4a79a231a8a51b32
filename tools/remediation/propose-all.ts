import type { NamedResource } from "@cloudoptima/db/queries/planned-resources.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Action, Risk } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { mapInTurns } from "./map-in-turns.ts";
import { type PlannedResource, planResource } from "./plan-resource.ts";
import { type Draft, type Grounds, type Proposed, propose, readGrounds, refuseFutile } from "./propose.ts";
import { resolveResources } from "./resolve-resources.ts";

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
  leftOutCount: z.number().int(),
  leftOut: z
    .array(z.object({ resourceId: z.string(), reason: z.string() }))
    .describe("Resources that must not be changed so, and why; they are in no proposal"),
  next: z.string(),
});
export type ProposalResult = z.infer<typeof ProposalResult>;

const risks: readonly Risk[] = ["low", "medium", "high"];

/** One proposal for each connection and subscription, so that each runs with one identity. */
export async function proposeAll(
  ctx: WriteContext,
  action: Action,
  named: readonly string[],
  input: Record<string, unknown>,
): Promise<ProposalResult> {
  const resources = await resolveResources(ctx, named, action.resourceType);
  await refuseFutile(
    ctx,
    action.name,
    resources.map(({ id }) => id),
  );
  const homes = Map.groupBy(
    resources,
    ({ connectionId, subscriptionId }) => `${connectionId} ${subscriptionId}`,
  );
  const drafts: Draft[] = [];
  const refusals: { resourceId: string; error: AppError }[] = [];
  for (const group of homes.values()) {
    const grounds = await readGrounds(
      ctx,
      group.map(({ id }) => id),
      action.resolves,
    );
    const planned = await planAll(ctx, action, group, (id) => withTarget(action, input, grounds.get(id)));
    refusals.push(...planned.refusals);
    if (planned.changes.length === 0) continue;
    drafts.push(draft(action, group, planned.changes, input, grounds));
  }
  const [first] = refusals;
  if (drafts.length === 0 && first) throw first.error;
  const proposed = await propose(ctx, drafts);
  for (const { id } of proposed) {
    ctx.publish({ type: "remediation_updated", data: { id, status: "proposed" } });
  }
  return {
    proposals: proposed.map(summarize),
    leftOutCount: refusals.length,
    leftOut: refusals.map(({ resourceId, error }) => ({ resourceId, reason: error.message })),
    next: "Nothing changes until a person approves: on the Approvals page of the web, by the button in Slack or Teams, or with: npm run cloudoptima -- approve ID",
  };
}

/** Plans each resource; one that must not be changed is left out and told, and holds nobody else up. */
async function planAll(
  ctx: WriteContext,
  action: Action,
  resources: readonly NamedResource[],
  inputOf: (id: string) => Record<string, unknown>,
): Promise<{ changes: PlannedResource[]; refusals: { resourceId: string; error: AppError }[] }> {
  const cloud = await ctx.cloud(resources[0]!.connectionId);
  const results = await mapInTurns(resources, async ({ id }) => {
    try {
      return await planResource(action, cloud, id, inputOf(id), ctx);
    } catch (error) {
      if (error instanceof AppError && refusing.has(error.code)) return { resourceId: id, error };
      throw error;
    }
  });
  return {
    changes: results.filter((result) => "live" in result),
    refusals: results.filter((result) => "error" in result),
  };
}

/** Codes that speak of the resource; any other is a failure of the whole plan. */
const refusing: ReadonlySet<AppError["code"]> = new Set(["conflict", "unsupported", "not_found"]);

/** Where nobody said what a resource is to become, it becomes what is recommended, as it was reckoned. */
function withTarget(
  action: Action,
  input: Record<string, unknown>,
  grounds: Grounds | undefined,
): Record<string, unknown> {
  if (!("to" in action.input.shape)) return input;
  if (grounds?.target && isTarget(input.to ?? grounds.target, grounds)) {
    return { ...grounds.settings, ...input, to: grounds.target };
  }
  if (input.to !== undefined) return input;
  throw new AppError(
    "conflict",
    "Nothing is recommended for it, so it has to be said what it is to become.",
    {
      hint: `Say it in "to".`,
    },
  );
}

/** What is saved is known of the recommended target alone, and only as it was reckoned. */
function groundsFor(input: Record<string, unknown>, grounds: Grounds | undefined): Grounds | undefined {
  if (!grounds) return undefined;
  const asReckoned = Object.entries(grounds.settings).every(
    ([name, value]) => (input[name] ?? value) === value,
  );
  return asReckoned && (input.to === undefined || isTarget(input.to, grounds)) ? grounds : undefined;
}

const isTarget = (to: unknown, { target }: Grounds) =>
  typeof to === "string" && to.toLowerCase() === target?.toLowerCase();

function draft(
  action: Action,
  resources: readonly NamedResource[],
  planned: readonly PlannedResource[],
  input: Record<string, unknown>,
  known: ReadonlyMap<string, Grounds>,
): Draft {
  const grounds = planned.map(({ live }) => groundsFor(input, known.get(live.id)));
  const targets = planned.flatMap(({ live, change: { parameters } }) =>
    typeof parameters.to === "string"
      ? [[live.id, { ...known.get(live.id)?.settings, to: parameters.to }] as const]
      : [],
  );
  return {
    action: action.name,
    version: action.version,
    direction: "apply",
    headline: action.headline(planned.length, planned[0]!.change.parameters),
    resources,
    items: planned.map((one, index) => toItem(action, one, grounds[index])),
    risk: risks[Math.max(...planned.map(({ change }) => risks.indexOf(change.risk)))]!,
    reversible: planned.every(({ change }) => change.reversible),
    undoOf: null,
    // Another target is another change, also where nobody named it.
    input: targets.length > 0 ? { ...input, targets: Object.fromEntries(targets) } : input,
    recommendationIds: grounds.flatMap((ground) => ground?.recommendationIds ?? []),
  };
}

function toItem(
  action: Action,
  { live, change, driftFields }: PlannedResource,
  grounds: Grounds | undefined,
): Draft["items"][number] {
  return {
    resourceId: live.id,
    resourceName: live.name,
    parameters: { ...change.parameters },
    driftFields: { ...driftFields },
    evidence: grounds?.evidence ?? [],
    effects: change.effects,
    undo: "irreversible" in action.undo ? null : action.undo.describe(change.parameters),
    monthlySavings: grounds?.monthlySavings ?? null,
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
