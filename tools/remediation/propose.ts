import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import {
  findResolvedRecommendations,
  type NamedResource,
} from "@cloudoptima/db/queries/planned-resources.ts";
import {
  countProposedSince,
  findLiveProposal,
  hasLiveProposal,
  insertProposal,
  listApprovers,
  lockProposing,
} from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import type { WriteContext } from "../kernel/context.ts";
import type { Risk } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { Evidence } from "../recommendations/finding.ts";
import { addMoney } from "./add-money.ts";
import { describeEvidence } from "./describe-evidence.ts";
import { type Frozen, type FrozenPlan, freezePlan, type PlanItem } from "./frozen-plan.ts";
import { mayApproveRisk, requiredApprovers } from "./may-decide.ts";
import { type RemediationSettings, readRemediationSettings } from "./remediation-settings.ts";

/** What is to be approved, before it is known by whom and until when. */
export interface Draft {
  action: string;
  version: number;
  direction: FrozenPlan["direction"];
  headline: string;
  /** All of one connection and one subscription. */
  resources: readonly Pick<NamedResource, "connectionId" | "subscriptionId">[];
  items: PlanItem[];
  risk: Risk;
  reversible: boolean;
  undoOf: string | null;
  recommendationIds: string[];
  /** What the proposer chose besides the resources. */
  input: Record<string, unknown>;
  /** The way back may end before a proposal would. */
  expiresBefore?: Date;
}

export interface Proposed {
  id: string;
  planHash: string;
  plan: FrozenPlan;
  /** The same change was already waiting: this is that proposal. */
  merged: boolean;
}

const hourMs = 3_600_000;
const uniqueViolation = "23505";

/**
 * Freezes drafts and stores them as proposed, or finds the live proposal of the same change: all of them or none, in
 * their order. A part that was proposed before the rest was refused would wait for approval with nobody told.
 */
export async function propose(ctx: WriteContext, drafts: readonly Draft[]): Promise<Proposed[]> {
  const at = ctx.realNow();
  const { settings, approvers } = await ctx.read(async (transaction) => ({
    settings: await readRemediationSettings(transaction),
    approvers: await listApprovers(transaction, ctx.actor.userId),
  }));
  const frozen = drafts.map((draft) => {
    const others = approvers.filter(({ role }) =>
      mayApproveRisk(role, draft.risk, settings.membersApproveUpTo),
    );
    const plan = completePlan(ctx, draft, settings, others.length, at);
    return { ...freezePlan(plan, draft.input), plan, recommendationIds: draft.recommendationIds };
  });
  try {
    return await ctx.write(async (transaction) => {
      await lockProposing(transaction);
      const live = new Map<string, Proposed>();
      for (const { subjectHash } of frozen) {
        const found = await findLive(transaction, subjectHash);
        if (found) live.set(subjectHash, found);
      }
      const fresh = frozen.filter(({ subjectHash }) => !live.has(subjectHash));
      if (fresh.length > 0) await refuseTooMany(transaction, ctx.actor.userId, fresh.length, settings, at);
      const proposed: Proposed[] = [];
      for (const one of frozen) {
        proposed.push(live.get(one.subjectHash) ?? (await store(ctx, transaction, one, at)));
      }
      return proposed;
    });
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    throw new AppError("conflict", "This change was undone, or its undo is under way, already.", {
      cause: error,
    });
  }
}

async function store(
  ctx: WriteContext,
  transaction: TenantTransaction,
  {
    plan,
    bytes,
    hash,
    subjectHash,
    recommendationIds,
  }: Frozen & { plan: FrozenPlan; recommendationIds: string[] },
  at: Date,
): Promise<Proposed> {
  const id = ctx.newId();
  await insertProposal(transaction, {
    id,
    organizationId: plan.organizationId,
    recommendationIds,
    actionType: plan.action,
    plan: bytes,
    planHash: hash,
    subjectHash,
    riskLevel: plan.risk,
    reversible: plan.reversible,
    requiredApprovers: plan.requiredApprovers,
    selfApproval: plan.selfApproval,
    proposedBy: plan.proposedBy,
    proposedThrough: ctx.source,
    undoOf: plan.undoOf,
    expiresAt: new Date(plan.expiresAt),
    resourceIds: plan.items.map(({ resourceId }) => resourceId),
    createdAt: at,
  });
  return { id, planHash: hash, plan, merged: false };
}

async function findLive(transaction: TenantTransaction, subjectHash: string): Promise<Proposed | null> {
  const row = await findLiveProposal(transaction, subjectHash);
  return row
    ? { id: row.id, planHash: row.plan_hash, plan: JSON.parse(row.plan) as FrozenPlan, merged: true }
    : null;
}

function completePlan(
  ctx: WriteContext,
  draft: Draft,
  settings: RemediationSettings,
  otherApproverCount: number,
  at: Date,
): FrozenPlan {
  const { action, version, direction, headline, items, risk, reversible, undoOf } = draft;
  const [home] = draft.resources;
  const selfApproval = settings.selfApproval && risk === "low" && reversible;
  if (!home) throw new Error("A plan needs a resource.");
  const expiry = new Date(at.getTime() + settings.proposalHours * hourMs);
  const expiresAt = draft.expiresBefore && draft.expiresBefore < expiry ? draft.expiresBefore : expiry;
  return {
    organizationId: ctx.actor.organizationId,
    connectionId: home.connectionId,
    subscriptionId: home.subscriptionId,
    action,
    version,
    direction,
    headline,
    items,
    monthlySavings: addMoney(items.map((item) => item.monthlySavings)),
    createdMonthlyCost: addMoney(items.map((item) => item.createdMonthlyCost)),
    risk,
    reversible,
    proposedBy: ctx.actor.userId,
    requiredApprovers: requiredApprovers(
      { risk, reversible, selfApproval, proposedVia: ctx.actor.via },
      { otherApproverCount, singleApproverAllowed: settings.singleApprover },
    ),
    selfApproval,
    expiresAt: expiresAt.toISOString(),
    undoOf,
  };
}

/**
 * Refuses, before the cloud is read, what can only end in "too many": beyond the limit nothing new is proposed, and
 * what waits already would be of the same resources. A flood would otherwise spend the cloud's quota for nothing.
 */
export async function refuseFutile(
  ctx: WriteContext,
  action: string,
  resourceIds: readonly string[],
): Promise<void> {
  await ctx.read(async (transaction) => {
    const settings = await readRemediationSettings(transaction);
    if (await hasLiveProposal(transaction, action, resourceIds)) return;
    await refuseTooMany(transaction, ctx.actor.userId, 1, settings, ctx.realNow());
  });
}

async function refuseTooMany(
  transaction: TenantTransaction,
  userId: string,
  more: number,
  settings: RemediationSettings,
  at: Date,
): Promise<void> {
  const count = await countProposedSince(transaction, userId, new Date(at.getTime() - hourMs));
  if (count + more <= settings.proposalsPerHour) return;
  throw new AppError(
    "rate_limited",
    `${count} changes were proposed in the last hour, and ${more} more would be too many: people have to read them.`,
    {
      hint:
        more === 1
          ? "Group what belongs together: one proposal holds up to 50 resources."
          : "Each subscription is a proposal of its own: name the resources of fewer, or wait.",
    },
  );
}

export interface Grounds {
  recommendationIds: string[];
  monthlySavings: PlanItem["monthlySavings"];
  /** As cards say it, one line each. */
  evidence: string[];
  /** What the resource is to become; null: it is stopped or removed. */
  target: string | null;
  /** With what else the saving was reckoned, by the names of the action's input. */
  settings: Record<string, number>;
}

/** What open recommendations say for a change that carries them out, by resource. */
export async function readGrounds(
  ctx: WriteContext,
  resourceIds: readonly string[],
  types: readonly string[],
): Promise<Map<string, Grounds>> {
  const found = await ctx.read((transaction) => findResolvedRecommendations(transaction, resourceIds, types));
  return new Map(
    [...Map.groupBy(found, ({ resourceId }) => resourceId)].map(([resourceId, rows]) => [
      resourceId,
      {
        recommendationIds: rows.map(({ id }) => id),
        // Two findings on one resource exclude each other: only one of them is saved.
        monthlySavings: rows.find(({ monthlySavings }) => monthlySavings !== null)?.monthlySavings ?? null,
        target: rows[0]!.target,
        settings: rows[0]!.settings ?? {},
        evidence: rows.flatMap(({ evidence }) => z.array(Evidence).parse(evidence).map(describeEvidence)),
      },
    ]),
  );
}
