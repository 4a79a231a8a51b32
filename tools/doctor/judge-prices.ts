import { doubtfulAgeDays, isUsable, oldestUsedDays } from "../prices/price-age.ts";
import type { Finding } from "./finding.ts";
import type { Installation } from "./inspect-installation.operation.ts";

/** How old the retail prices are; nothing where none were read, as without a cloud. */
export function judgePrices({
  pricesReadAt,
  businessNow,
}: Pick<Installation, "pricesReadAt" | "businessNow">): Finding[] {
  if (pricesReadAt === null) return [];
  const readAt = Temporal.Instant.from(pricesReadAt);
  const now = Temporal.Instant.from(businessNow);
  const days = doubtfulAgeDays(readAt, now);
  if (days === null) {
    return [
      {
        area: "data",
        state: "ok",
        says: `retail prices read ${pricesReadAt.slice(0, 16)}Z`,
        means: "What a change would cost is compared with current list prices.",
        advice: null,
      },
    ];
  }
  return [
    {
      area: "data",
      state: "warn",
      says: `retail prices are ${days} days old`,
      means: isUsable(readAt, now)
        ? `They are used until they are ${oldestUsedDays} days old, and recommendations say so.`
        : "They are not used any more: what a change would cost is unknown.",
      advice: "Check that this machine reaches prices.azure.com, then scan again.",
    },
  ];
}
