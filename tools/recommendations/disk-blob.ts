import { accountOfDiskBlob, diskBlobType } from "../clouds/disk-blob-id.ts";
import { readText } from "../clouds/read-property.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { Price } from "../prices/price.ts";
import { ofComponents } from "./cost-component.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { cents, netRate } from "./net-rate.ts";
import type { Savings } from "./savings.ts";
import { costWindow } from "./state-days.ts";

const gib = 1024 ** 3;

/** What an unmanaged disk may hold, in bytes; 0 where it is not told. */
export function sizeOfDiskBlob({ properties }: JudgedResource): number {
  const size = Number(properties.sizeBytes);
  return Number.isFinite(size) && size > 0 ? size : 0;
}

/**
 * What deleting an unmanaged disk saves: an estimate. The bill has the storage account as a whole, and a standard
 * account pays for the pages that were written, which no list tells: so it is size x list price of page blobs
 * (azure.microsoft.com/pricing/details/storage/page-blobs), the most it can be, and a disk's share of what the
 * account's storage costs at the organization's own rate where that is less than its disks together. Premium disks
 * and regions without a price have no figure.
 */
export function savingsOfDiskBlob(disk: JudgedResource, facts: ResourceFacts): Savings {
  const account = accountOfDiskBlob(disk.id);
  const price = pagePrice(disk, facts);
  const { start, end } = costWindow(facts, null);
  const rate = netRate(ofComponents(facts.costs, ["storage"]), start, end);
  const basis =
    "An estimate: size × list price of page blobs, at most the disk's share of what its storage account costs; Azure bills what of it was written";
  if (!price || rate.currency !== price.currency) {
    const doubt = price
      ? "No storage cost of its account is loaded in this currency."
      : "No list price is known for it.";
    return {
      currency: null,
      monthlySavings: null,
      annualSavings: null,
      basis:
        "No figure: the bill has its storage account as a whole, and what it costs by itself is not known.",
      effects: [],
      evidence: [],
      doubts: [doubt],
      coveredShare: 0,
    };
  }
  const listed = (one: JudgedResource) => decimal(sizeOfDiskBlob(one)).dividedBy(gib).times(price.value);
  const together = disksOf(account, disk, facts).reduce((sum, one) => sum.plus(listed(one)), decimal(0));
  const accountMonthly = rate.meanDaily.times(365).dividedBy(12);
  const share = together.greaterThan(accountMonthly) ? accountMonthly.dividedBy(together) : decimal(1);
  const monthly = listed(disk).times(share);
  return {
    currency: price.currency,
    monthlySavings: cents(monthly),
    annualSavings: cents(monthly.times(12)),
    basis,
    // On the account: what else is done to it, and its other disks, share one cost.
    effects: [
      {
        resourceId: account,
        component: "storage",
        monthlyCost: down(accountMonthly),
        change: { kind: "amount", monthlySavings: down(monthly) },
      },
    ],
    evidence: [
      { label: "List price of a GiB a month", value: price.value, unit: price.currency, window: null },
      {
        label: "Storage cost of its account a month",
        value: cents(accountMonthly),
        unit: price.currency,
        window: { start, end },
      },
    ],
    doubts: [
      "The saving is an estimate by its size: Azure bills what of it was written.",
      ...facts.prices.doubts,
      ...rate.doubts,
    ],
    coveredShare: 0,
  };
}

/** The account's unmanaged disks, in use or not. */
function disksOf(account: string, own: JudgedResource, facts: ResourceFacts): JudgedResource[] {
  const others = facts
    .usedBy("storage_account", account)
    .filter((id) => id !== own.id)
    .flatMap((id) => facts.related(id) ?? []);
  return [own, ...others.filter(({ type }) => type === diskBlobType)];
}

function pagePrice({ properties, region }: JudgedResource, facts: ResourceFacts): Price<"gib_month"> | null {
  const [performance, copies = ""] = (readText(properties, "sku", "name") ?? "").toUpperCase().split("_");
  const redundancy = ({ LRS: "LRS", GRS: "GRS", RAGRS: "RA-GRS" } as const)[copies];
  if (performance !== "STANDARD" || !redundancy || !region) return null;
  const generation = /^storage$/i.test(readText(properties, "kind") ?? "") ? 1 : 2;
  return facts.prices.pageBlob(region, redundancy, generation);
}

const down = (amount: ExactDecimal) => amount.toDecimalPlaces(6, 1).toFixed();
