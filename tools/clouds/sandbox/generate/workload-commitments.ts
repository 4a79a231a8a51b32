import { microsToText, toMicros } from "../cost/micros.ts";
import { stableUuid } from "../tenant/random.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { addVirtualNetwork } from "./add-network.ts";
import { addVm } from "./add-vm.ts";
import type { Builder } from "./builder.ts";
import { type VmSize, vmSizes } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { numbered, place, type Workload } from "./workload.ts";

/** VMs paid by a reservation and a savings plan: billed and effective cost differ, and a part stays unused. */
export const commitments: Workload = (builder, round) => {
  const where = place(builder, round, {
    subscription: "production",
    group: "rg-core-prod",
    application: "core-banking",
    team: "core",
    environment: "Production",
    costCenter: "CC-1050",
  });
  const subnetId = addVirtualNetwork(builder, where, `core-prod${round.suffix}`);
  const reservation = {
    name: `ri-d16sv5-1y${round.suffix}`,
    model: "Reservation",
    size: "Standard_D16s_v5",
    quantity: 5,
    used: 4,
    discount: 0.38,
    day: 12,
  } as const;
  const savingsPlan = {
    name: `sp-compute-1y${round.suffix}`,
    model: "SavingsPlan",
    size: "Standard_E16s_v5",
    quantity: 3,
    used: 3,
    discount: 0.29,
    day: 3,
  } as const;
  for (const commitment of [reservation, savingsPlan]) {
    const monthly = monthlyPrice(commitment);
    // A commitment is amortized by day of its year.
    const daily = Math.round((toMicros(monthly) * 12) / 365);
    const dailyShare = microsToText(Math.floor(daily / commitment.quantity));
    const covered: Charge[] = [];
    for (let index = 1; index <= commitment.used; index++) {
      addVm(builder, where, {
        name: numbered(commitment === reservation ? "vm-core-prod" : "vm-ledger-prod", round, index),
        size: commitment.size,
        subnetId,
        dataDisks: commitment === savingsPlan ? ["P20"] : [],
        benefit: { name: commitment.name, model: commitment.model, dailyShare },
        usage: { cpuNightPercent: 21, cpuDayPercent: 52, memoryUsedShare: 0.66 },
      });
      covered.push(builder.result().charges.at(-1)!);
    }
    addCommitmentCharges(builder, commitment, monthly, microsToText(daily), covered);
  }
};

/** A machine that does nothing while its reservation runs on: stopping it saves nothing until that ends. */
export const idleReservedVm: Workload = (builder, round) => {
  const commitment = {
    name: `ri-d4sv5-1y${round.suffix}`,
    model: "Reservation",
    size: "Standard_D4s_v5",
    quantity: 2,
    discount: 0.38,
    day: 9,
  } as const;
  const monthly = monthlyPrice(commitment);
  const daily = Math.round((toMicros(monthly) * 12) / 365);
  const dailyShare = microsToText(Math.floor(daily / commitment.quantity));
  const since = builder.calendar.beforeQuarter(35);
  const vm = addVm(builder, productionPlace(builder, round), {
    name: numbered("vm-transfer-prod", round, 1),
    size: commitment.size,
    osDisk: "E10",
    benefit: { name: commitment.name, model: commitment.model, dailyShare },
    usage: { cpuNightPercent: 11, cpuDayPercent: 34, idleSince: since },
  });
  addCommitmentCharges(builder, commitment, monthly, microsToText(daily), [builder.result().charges.at(-1)!]);
  builder.plant({
    kind: "waste",
    type: "idle_vm",
    resourceId: vm.id,
    since,
    only: "compute",
    why: "Nothing runs on it, but its reservation for this group of resources alone is paid until it ends.",
  });
};

interface Commitment {
  name: string;
  model: "Reservation" | "SavingsPlan";
  size: VmSize;
  quantity: number;
  discount: number;
  /** Day of the month on which it is billed. */
  day: number;
}

function monthlyPrice(commitment: Commitment): string {
  const price = vmSizes[commitment.size].hourly * 730 * commitment.quantity * (1 - commitment.discount);
  return price.toFixed(2);
}

function addCommitmentCharges(
  builder: Builder,
  commitment: Commitment,
  monthly: string,
  daily: string,
  covered: Charge[],
): void {
  const order = stableUuid(builder.seed, commitment.name);
  const isReservation = commitment.model === "Reservation";
  const common = {
    subscriptionId: builder.subscriptionId("shared"),
    resourceId: isReservation
      ? `/providers/Microsoft.Capacity/reservationOrders/${order}`
      : `/providers/Microsoft.BillingBenefits/savingsPlanOrders/${order}`,
    resourceType: isReservation
      ? "Microsoft.Capacity/reservationOrders"
      : "Microsoft.BillingBenefits/savingsPlanOrders",
    service: "Virtual Machines",
    pricingModel: commitment.model,
    benefitName: commitment.name,
  };
  builder.looseCharge({
    ...common,
    id: `${commitment.name}#purchase`,
    chargeType: "Purchase",
    shownIn: "actual",
    meter: `${commitment.name} monthly payment`,
    amount: { kind: "monthly", dayOfMonth: commitment.day, amount: monthly },
  });
  builder.looseCharge({
    ...common,
    id: `${commitment.name}#unused`,
    chargeType: isReservation ? "UnusedReservation" : "UnusedSavingsPlan",
    shownIn: "amortized",
    meter: `${commitment.name} unused`,
    amount: { kind: "remainder", daily, of: covered.map((charge) => charge.id) },
  });
}

/** A service credit on the 20th of the first month of each quarter. */
export function addRefunds(builder: Builder): void {
  for (const month of builder.calendar.months) {
    if ((Number(month.slice(5)) - 1) % 3 !== 0) continue;
    builder.looseCharge({
      id: `refund#${month}`,
      subscriptionId: builder.subscriptionId("production"),
      resourceId: null,
      service: "Azure App Service",
      meter: "Service level credit",
      chargeType: "Refund",
      amount: { kind: "series", from: `${month}-20`, amounts: ["-212.4"] },
    });
  }
}
