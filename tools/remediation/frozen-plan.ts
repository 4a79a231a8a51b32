import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";

const JsonRecord = z.record(z.string(), z.json());

/** One change of one resource, with what must still be true when it runs. */
export const PlanItem = z.object({
  /** Full provider id, lower case. */
  resourceId: z.string().regex(/^[^A-Z]+$/),
  /** As the cloud names it: untrusted text. */
  resourceName: z.string(),
  parameters: JsonRecord,
  /** Fields of the live resource that stop execution when they differ at that moment. */
  driftFields: JsonRecord,
  /** What was measured that speaks for the change, each as one line. */
  evidence: z.array(z.string()),
  /** What a person should know before approving: what is lost, what stays billed. */
  effects: z.array(z.string()),
  /** How it is undone, in a sentence; null: it cannot be, and `effects` says why. */
  undo: z.string().nullable(),
  monthlySavings: Money.nullable(),
  /** Cost a month of what the change creates (a snapshot); null when it creates nothing. */
  createdMonthlyCost: Money.nullable(),
});
export type PlanItem = z.infer<typeof PlanItem>;

/** What a person approves, whole. Cards are drawn from these stored bytes only. */
export const FrozenPlan = z.object({
  organizationId: z.uuid(),
  connectionId: z.uuid(),
  subscriptionId: z.string(),
  action: z.string(),
  version: z.number().int(),
  /** The way there, or the way back of a plan that ran. */
  direction: z.enum(["apply", "undo"]),
  headline: z.string(),
  items: z.array(PlanItem).min(1).max(50),
  /** One amount per currency. */
  monthlySavings: z.array(Money),
  createdMonthlyCost: z.array(Money),
  risk: z.enum(["low", "medium", "high"]),
  reversible: z.boolean(),
  proposedBy: z.uuid(),
  requiredApprovers: z.number().int().min(1).max(2),
  /** May the proposer be the approver. */
  selfApproval: z.boolean(),
  /** ISO time of the real clock. */
  expiresAt: z.iso.datetime(),
  undoOf: z.uuid().nullable(),
});
export type FrozenPlan = z.infer<typeof FrozenPlan>;

export interface Frozen {
  bytes: string;
  /** What approvals bind to. */
  hash: string;
  /** The same for two proposals of the same change, whoever made them and until when: duplicates are merged by it. */
  subjectHash: string;
}

/**
 * The plan's canonical JSON (RFC 8785) and the SHA-256 of those bytes, hex. `input` is what the proposer chose;
 * with the resources and the state they were found in it says whether two proposals are the same change.
 */
export function freezePlan(plan: FrozenPlan, input: Record<string, unknown>): Frozen {
  const parsed = FrozenPlan.parse(plan);
  const { organizationId, connectionId, action, version, direction, items, undoOf } = parsed;
  const changes = items.map(({ resourceId, driftFields }) => ({ resourceId, driftFields }));
  const bytes = canonical(parsed);
  const subject = canonical({
    organizationId,
    connectionId,
    action,
    version,
    direction,
    undoOf,
    input,
    changes: changes.toSorted((left, right) => (left.resourceId < right.resourceId ? -1 : 1)),
  });
  return { bytes, hash: hashPlan(bytes), subjectHash: hashPlan(subject) };
}

export function hashPlan(bytes: string): string {
  return createHash("sha256").update(bytes, "utf8").digest("hex");
}

/** A stored plan, whose bytes must still be those that were hashed. */
export function readPlan(bytes: string): FrozenPlan {
  return FrozenPlan.parse(JSON.parse(bytes));
}

function canonical(value: unknown): string {
  const bytes = canonicalize(value);
  if (bytes === undefined) throw new Error("A plan must be JSON.");
  return bytes;
}
