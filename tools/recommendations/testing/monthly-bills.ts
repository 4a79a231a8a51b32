import { createLedger } from "../../clouds/sandbox/cost/ledger.ts";
import { createEstate } from "../../clouds/sandbox/estate.ts";
import type { Tenant } from "../../clouds/sandbox/tenant/tenant-schema.ts";

const days = 30;

/** What the provider bills for each resource a month, at the pace of its last 30 days; ids in lower case. */
export function monthlyBills(tenant: Tenant, now: Temporal.Instant): Map<string, number> {
  const ledger = createLedger(createEstate(tenant, () => now));
  const { last } = ledger.window();
  const bills = new Map<string, number>();
  for (const charge of ledger.charges) {
    if (charge.resourceId === null) continue;
    const id = charge.resourceId.toLowerCase();
    let micros = 0;
    for (let day = last - days + 1; day <= last; day++) micros += ledger.amount(charge, day, "ActualCost");
    bills.set(id, (bills.get(id) ?? 0) + (micros / 1e6 / days) * (365 / 12));
  }
  return bills;
}
