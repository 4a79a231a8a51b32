/** Subscriptions of the written exports. */
export const subscriptions = {
  web: "0a0a0a0a-0000-4000-8000-000000000001",
  data: "0b0b0b0b-0000-4000-8000-000000000002",
};

const reservation =
  "/providers/Microsoft.Capacity/reservationOrders/0c0c0c0c-0000-4000-8000-000000000003/reservations/r-1";

/** The columns of a Microsoft Customer Agreement's file that are read, in its spelling. */
export const classicHeader =
  "billingAccountId,SubscriptionId,subscriptionName,date,meterCategory,meterId,quantity,unitOfMeasure,costInBillingCurrency,billingCurrency,resourceLocation,resourceGroupName,ResourceId,chargeType,pricingModel,benefitId,tags";

interface Charge {
  day: string;
  cost: string;
  subscription?: string;
  chargeType?: string;
  pricingModel?: string;
  benefit?: string;
  quantity?: string;
  currency?: string;
  vm?: string;
}

/** One line of a classic file; days are MM/DD/YYYY there. */
export function classicRow(charge: Charge): string {
  const { subscription = subscriptions.web, vm = "vm-1" } = charge;
  const [year, month, day] = charge.day.split("-");
  const resourceId = `/subscriptions/${subscription}/resourceGroups/RG-Web/providers/Microsoft.Compute/virtualMachines/${vm}`;
  return [
    "b-1",
    subscription,
    subscription === subscriptions.web ? "Web" : "Data",
    `${month}/${day}/${year}`,
    "Virtual Machines",
    "m-1",
    charge.quantity ?? "24",
    "1 Hour",
    charge.cost,
    charge.currency ?? "USD",
    "West Europe",
    "RG-Web",
    subscription === "" ? reservation : resourceId,
    charge.chargeType ?? "Usage",
    charge.pricingModel ?? "OnDemand",
    charge.benefit ?? "",
    '"""team"": ""web"",""env"": ""prod"""',
  ].join(",");
}

/** October 2026: two subscriptions, a reservation half used, a refund, a credit and tax; the pair that ties out. */
export const october = {
  actual: [
    classicRow({ day: "2026-10-01", cost: "12.5" }),
    classicRow({ day: "2026-10-02", cost: "0", pricingModel: "Reservation", benefit: reservation }),
    classicRow({ day: "2026-10-02", cost: "4.25E-05", subscription: subscriptions.data, vm: "vm-2" }),
    classicRow({
      day: "2026-10-01",
      cost: "60",
      subscription: "",
      chargeType: "Purchase",
      benefit: reservation,
    }),
    classicRow({
      day: "2026-10-02",
      cost: "-20",
      subscription: "",
      chargeType: "Refund",
      benefit: reservation,
    }),
    classicRow({ day: "2026-10-02", cost: "-1.5", chargeType: "Credit" }),
    classicRow({ day: "2026-10-02", cost: "2.75", chargeType: "Tax" }),
  ],
  amortized: [
    classicRow({ day: "2026-10-01", cost: "12.5" }),
    classicRow({
      day: "2026-10-02",
      cost: "0.4838709677419368",
      pricingModel: "Reservation",
      benefit: reservation,
    }),
    classicRow({ day: "2026-10-02", cost: "4.25E-05", subscription: subscriptions.data, vm: "vm-2" }),
    classicRow({
      day: "2026-10-02",
      cost: "0.75",
      chargeType: "UnusedReservation",
      subscription: "",
      pricingModel: "Reservation",
      benefit: reservation,
    }),
    classicRow({ day: "2026-10-02", cost: "-1.5", chargeType: "Credit" }),
    classicRow({ day: "2026-10-02", cost: "2.75", chargeType: "Tax" }),
  ],
  /** Exact sums of the columns above. */
  billed: "53.7500425",
  effective: "14.9839134677419368",
};
