import { z } from "zod";
import { CostKind, Day, Decimal, Period } from "../cost-shapes.ts";

/** to_the_cent: under half a cent apart. unknown: there is nothing to compare with. */
export const Verdict = z.enum(["to_the_cent", "within_1_percent", "differs", "unknown"]);
export type Verdict = z.infer<typeof Verdict>;

/** Stored against the provider's own amount, in one currency. difference = stored - provider. */
const compared = {
  currency: z.string().regex(/^[A-Z]{3}$/),
  stored: z.object({ value: Decimal, currency: z.string() }),
  provider: z.object({ value: Decimal, currency: z.string() }),
  difference: z.object({ value: Decimal, currency: z.string() }),
  differencePercent: Decimal.nullable().describe("Of the provider's amount; null where that is zero"),
  verdict: Verdict,
};

export const ReconciledTotal = z.object({ costKind: CostKind, ...compared });
export type ReconciledTotal = z.infer<typeof ReconciledTotal>;
export const ReconciledDay = z.object({ day: Day, ...compared });
export type ReconciledDay = z.infer<typeof ReconciledDay>;
export const ReconciledService = z.object({ service: z.string(), ...compared });
export type ReconciledService = z.infer<typeof ReconciledService>;

export const ReconciledConnection = z.object({
  connection: z.string(),
  kind: z.string(),
  /** What the stored costs are compared with. */
  comparedWith: z.enum(["provider_now", "files_as_read"]),
  /** Days compared; null when there was nothing to compare. */
  period: Period.nullable(),
  verdict: Verdict,
  totals: z.array(ReconciledTotal).describe("Per currency, billed and effective"),
  days: z.array(ReconciledDay),
  differingDayCount: z.number().int(),
  services: z.array(ReconciledService),
  differingServiceCount: z.number().int(),
  /** Rows of the files against rows stored; null where the provider gives totals alone. */
  rows: z.object({ stored: z.number().int(), source: z.number().int() }).nullable(),
  notes: z.array(z.string()).describe("What could not be compared, and why"),
});
export type ReconciledConnection = z.infer<typeof ReconciledConnection>;

export const Reconciliation = z.object({
  period: Period,
  costKind: z.enum(["billed", "effective"]).describe("Of days and services; totals have both"),
  verdict: Verdict.describe("The worst of the connections"),
  connections: z.array(ReconciledConnection),
});
export type Reconciliation = z.infer<typeof Reconciliation>;
