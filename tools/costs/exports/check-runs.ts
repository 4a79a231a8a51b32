import { AppError } from "../../kernel/errors.ts";
import type { OpenedPart } from "./export-part.ts";
import type { PartTotal } from "./part-totals.ts";

/** A part with what it says. */
export type SummedPart = OpenedPart & { totals: PartTotal[] };

/** Throws when two exports bring one subscription's cost, which would count it twice. */
export function refuseOverlap(parts: readonly SummedPart[]): void {
  const seen = new Map<string, { run: SummedPart["run"] }>();
  for (const { run, kind, totals } of parts) {
    for (const { subscriptionId } of totals) {
      const key = `${kind} ${subscriptionId ?? ""}`;
      const before = seen.get(key);
      if (before && before.run !== run) {
        throw new AppError(
          "conflict",
          `Two exports bring the ${kind} cost of ${subscriptionId ? `subscription ${subscriptionId}` : "the billing account"}: ${before.run.export} and ${run.export}.`,
          { hint: "Keep one of them in the folder: together they would count it twice. Nothing was loaded." },
        );
      }
      seen.set(key, { run });
    }
  }
}

/**
 * Throws when actual and amortized cost were not exported of the same days and subscriptions: one of both totals
 * would be silently short. Purchases and unused commitments may be in one of them only.
 */
export function refuseUnevenPair(parts: readonly SummedPart[]): void {
  const [actual, amortized] = (["actual", "amortized"] as const).map((wanted) => usageOf(parts, wanted));
  if (actual!.size === 0 && amortized!.size === 0) return;
  const uneven = (message: string, hint: string) =>
    new AppError("conflict", message, { hint: `${hint} What was loaded before is kept.` });
  for (const [has, other, lacks] of [
    [actual!, amortized!, "amortized"],
    [amortized!, actual!, "actual"],
  ] as const) {
    const missing = [...has.keys()].find((id) => !other.has(id));
    if (missing === undefined) continue;
    throw uneven(
      `The export of ${lacks} cost has nothing of subscription ${missing}, which the other one has.`,
      "Export both of the same scope.",
    );
  }
  const [lastActual, lastAmortized] = [actual!, amortized!].map(
    (usage) => [...usage.values()].sort().at(-1)!,
  );
  if (lastActual === lastAmortized) return;
  throw uneven(
    `The export of actual cost reaches ${lastActual}, that of amortized cost ${lastAmortized}.`,
    "Scan again when both have run.",
  );
}

/** Last day of usage by subscription. */
function usageOf(parts: readonly SummedPart[], kind: "actual" | "amortized"): Map<string, string> {
  const days = new Map<string, string>();
  for (const { subscriptionId, lastUsageDay } of parts
    .filter((part) => part.kind === kind)
    .flatMap(({ totals }) => totals)) {
    if (subscriptionId === null || lastUsageDay === null) continue;
    const before = days.get(subscriptionId);
    if (!before || before < lastUsageDay) days.set(subscriptionId, lastUsageDay);
  }
  return days;
}
