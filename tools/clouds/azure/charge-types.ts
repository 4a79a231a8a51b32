import type { CloudCost } from "../cloud.ts";

type FocusCharge = Pick<CloudCost, "chargeCategory" | "chargeClass" | "commitmentStatus">;

const known: Record<string, FocusCharge> = {
  usage: { chargeCategory: "Usage" },
  unusedreservation: { chargeCategory: "Usage", commitmentStatus: "Unused" },
  unusedsavingsplan: { chargeCategory: "Usage", commitmentStatus: "Unused" },
  purchase: { chargeCategory: "Purchase" },
  // A returned reservation: in FOCUS the correction of a purchase (Microsoft's own FOCUS exports say it so).
  refund: { chargeCategory: "Purchase", chargeClass: "Correction" },
  roundingadjustment: { chargeCategory: "Adjustment" },
  adjustment: { chargeCategory: "Adjustment" },
  credit: { chargeCategory: "Credit" },
  tax: { chargeCategory: "Tax" },
};

/** Azure's ChargeType in FOCUS 1.2 terms; an unknown one is an adjustment, so that it shows apart from usage. */
export function focusCharge(chargeType: string): FocusCharge {
  return known[chargeType.toLowerCase().replaceAll(/[^a-z]/g, "")] ?? { chargeCategory: "Adjustment" };
}
