import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { Decimal, Money } from "../costs/cost-shapes.ts";

const JsonRecord = z.record(z.string(), z.unknown());

/** One change of one resource, with what must still be true when it runs. */
const PlanItem = z.object({
  /** Full provider id, lower case. */
  resourceId: z.string().regex(/^[^A-Z]+$/),
  resourceName: z.string(),
  parameters: JsonRecord,
  /** Fields of the live resource that stop execution when they differ at that moment. */
  driftFields: JsonRecord,
  /** What a person should know before approving: what is lost, what stays billed. */
  effects: z.array(z.string()),
  /** How it is undone; null: it cannot be, and `effects` says why. */
  undo: z.object({ action: z.string(), parameters: JsonRecord, describe: z.string() }).nullable(),
  monthlySavings: Money.nullable(),
});

/** What a person approves, whole. Cards are drawn from these stored bytes only. */
export const FrozenPlan = z.object({
  organizationId: z.uuid(),
  connectionId: z.uuid(),
  subscriptionId: z.string(),
  action: z.string(),
  version: z.number().int(),
  items: z.array(PlanItem).min(1).max(50),
  monthlySavings: z.array(Money),
  /** Cost a month of what the change creates (snapshots); null when nothing is. */
  createdCost: Decimal.nullable(),
  risk: z.enum(["low", "medium", "high"]),
  reversible: z.boolean(),
  proposedBy: z.uuid(),
  requiredApprovers: z.number().int().min(1).max(2),
  selfApproval: z.boolean(),
  /** ISO time of the real clock. */
  expiresAt: z.iso.datetime(),
  undoOf: z.uuid().nullable(),
});
export type FrozenPlan = z.infer<typeof FrozenPlan>;

/** The plan's canonical JSON (RFC 8785) and the SHA-256 of those bytes, hex. */
export function freezePlan(plan: FrozenPlan): { bytes: string; hash: string } {
  const bytes = canonicalize(FrozenPlan.parse(plan));
  if (bytes === undefined) throw new Error("A plan must be JSON.");
  return { bytes, hash: hashPlan(bytes) };
}

export function hashPlan(bytes: string): string {
  return createHash("sha256").update(bytes, "utf8").digest("hex");
}
