import { readText } from "../../clouds/read-property.ts";
import { decimal } from "../../kernel/money.ts";
import type { BlobPrices, Redundancy } from "../../prices/price-book.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { firstFound, keptCopy, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { isCovered, meanOf, measured, percentile, usageWindow } from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { measuredFact } from "../measured-fact.ts";
import { premiumTier } from "../premium-tier.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

const windowDays = 30;
const gib = 1024 ** 3;
/** Days without a read from which a tier fits (RULES.md); archive is offline, and a person's choice. */
const coolDays = 30;
const coldDays = 90;

type Names = "usedPercent";

/**
 * storage_tier: a premium data disk that uses under 5 % of its operations and throughput in 99 of 100 hours of 30
 * days, for which a standard SSD of the same size suffices; a hot blob account that nobody has read for 30 days
 * (cool) or 90 (cold), where its data and writes together cost less in that tier. Source: RULES.md.
 */
export default defineRule({
  type: "storage_tier",
  resourceTypes: ["microsoft.compute/disks", "microsoft.storage/storageaccounts"],
  metrics: [
    "disk_read_bytes_per_second/maximum",
    "disk_write_bytes_per_second/maximum",
    "disk_read_operations_per_second/maximum",
    "disk_write_operations_per_second/maximum",
    "read_transactions/total",
    "transactions/total",
    "storage_bytes/average",
  ],
  thresholds: {
    usedPercent: {
      default: 5,
      minimum: 0.5,
      maximum: 30,
      unit: "percent",
      description: "P99 of the hourly maximum of a premium disk's operations and throughput: under",
    },
  },
  judge: (resource, facts, limits) =>
    resource.type === "microsoft.compute/disks"
      ? judgeDisk(resource, facts, limits)
      : judgeAccount(resource, facts),
});

function judgeDisk(disk: JudgedResource, facts: ResourceFacts, { usedPercent }: Limits<Names>): Verdict {
  const sku = readText(disk.properties, "sku", "name") ?? "";
  if (!/^premium_(lrs|zrs)$/i.test(sku)) return fine("It is no premium disk.");
  const owner = readText(disk.properties, "managedBy");
  if (!owner) return fine("No machine uses it.");
  if (readText(disk.properties, "osType")) return fine("A system disk's tier goes with its machine.");
  const region = disk.region ?? "";
  const tierOfSize = premiumTier(Number(disk.properties.diskSizeGB));
  const tier = readText(disk.properties, "tier") ?? tierOfSize;
  const size = tier ? facts.prices.sizes.diskSize(region, tier) : null;
  if (!tier || !size) return unknown("Its performance tier is not known.");
  const of = (metric: "operations" | "bytes") =>
    (["read", "write"] as const).map((way) => `disk_${way}_${metric}_per_second/maximum` as const);
  const all = [...of("operations"), ...of("bytes")];
  if (all.some((metric) => !isCovered(facts.usage, metric, windowDays))) {
    return unknown("Its operations and throughput are not measured throughout 30 days.");
  }
  // Reads and writes share one limit; their peaks are taken to fall together.
  const used = (metric: "operations" | "bytes") =>
    of(metric).reduce((sum, key) => sum + percentile(measured(facts.usage, key, windowDays), 0.99), 0);
  const operations = used("operations");
  const megabytes = used("bytes") / 1024 ** 2;
  const shares = [(operations / size.iops) * 100, (megabytes / size.mebibytesPerSecond) * 100];
  if (!shares.every((share) => share < usedPercent)) return fine("It uses what premium gives.");

  // A tier set above that of its size ends with premium: the standard disk is of the size alone.
  const target = (tierOfSize ?? tier).replace(/^P/i, "E");
  const becomes = facts.prices.sizes.diskSize(region, target);
  const redundancy = /zrs$/i.test(sku) ? "ZRS" : "LRS";
  const now = facts.prices.managedDisk(region, tier, redundancy);
  const after = facts.prices.managedDisk(region, target, redundancy);
  if (!becomes || !now || !after) return unknown("The prices of the tiers are not known.");
  if (becomes.iops < operations || becomes.mebibytesPerSecond < megabytes) {
    return fine("Standard SSD would be too slow.");
  }
  const machine = facts.related(owner.toLowerCase());
  const counterEvidence = lookFor(disk, [keptCopy]);
  const operationPrice = facts.prices.diskOperations(region, target, redundancy);
  const window = usageWindow(facts.usage, windowDays);
  const percent = (label: string, value: number) => measuredFact(label, value, "percent", window, 3);
  return wasteOf({
    type: "storage_tier",
    title: `Move disk ${disk.name} to standard SSD`,
    description: `This premium disk (${tier}) used under ${usedPercent} % of its operations and throughput in 99 of 100 hours of the last ${windowDays} days. A standard SSD of the same size (${target}) carries that. The change needs its machine stopped for some minutes.`,
    effort: "medium",
    risk: changeRisk("change_disk_kind", machine?.status === "running" ? machine : null),
    savings: savingsOfScaling(
      disk.id,
      facts.costs,
      costWindow(facts, null),
      () => decimal(after.value).dividedBy(now.value),
      `less ${target} at the ratio of list prices ${tier} to ${target}`,
    ),
    confidence: [0.85, `It hardly works, and ${target} carries its highest hours.`],
    doubts: [
      ...(operationPrice
        ? [
            `Standard SSD bills transactions too: ${operationPrice.value} ${operationPrice.currency} for 10,000, not in the saving.`,
          ]
        : []),
      ...facts.prices.doubts,
    ],
    evidence: [
      percent("Operations, of what the tier gives", shares[0]!),
      percent("Throughput, of what the tier gives", shares[1]!),
    ],
    counterEvidence,
    steps: [
      "Ask the owner whether latency matters: standard SSD answers in milliseconds, not under one.",
      `Stop the machine, change the disk to ${target}, start it; it can be changed back twice a day.`,
    ],
    sizeNow: tier,
    target: { label: `${target} standard SSD`, sku: target },
    remediation: "change_disk_kind",
  });
}

function judgeAccount(account: JudgedResource, facts: ResourceFacts): Verdict {
  const kind = readText(account.properties, "kind") ?? "";
  const sku = readText(account.properties, "sku", "name") ?? "";
  if (!/^(storagev2|blobstorage)$/i.test(kind) || !/^standard_/i.test(sku))
    return fine("It holds no hot blobs.");
  if (readText(account.properties, "accessTier")?.toLowerCase() !== "hot") return fine("It is not hot.");
  const { usage } = facts;
  const told = ["storage_bytes/average", "transactions/total"] as const;
  if (told.some((metric) => !isCovered(usage, metric, windowDays))) {
    return unknown("What it stores and does is not measured throughout 30 days.");
  }
  // Azure sends no point for an hour without reads; that it is measured at all, the other metrics say.
  const readIn = (days: number) =>
    measured(usage, "read_transactions/total", days).some((value) => value > 0);
  if (readIn(coolDays)) return fine("It is read.");
  const tier = usage.days >= coldDays && !readIn(coldDays) ? "Cold" : "Cool";
  const redundancy = redundancyOf(sku);
  const [now, after] = (["Hot", tier] as const).map(
    (one) => redundancy && facts.prices.blob(account.region ?? "", redundancy, one),
  );
  if (!now || !after) return unknown("The prices of the tiers are not known.");
  const stored = meanOf(measured(usage, "storage_bytes/average", windowDays)) / gib;
  const writes = (meanOf(measured(usage, "transactions/total", windowDays)) * 24 * 365) / 12;
  const monthly = (prices: BlobPrices) =>
    decimal(prices.data.value)
      .times(stored.toFixed(6))
      .plus(decimal(prices.writeOperations?.value ?? 0).times((writes / 10_000).toFixed(6)));
  if (stored === 0 || monthly(now).isZero()) return fine("It stores nothing.");
  const share = monthly(after).dividedBy(monthly(now));
  if (share.greaterThanOrEqualTo(1)) return fine("Its writes would cost more than its data saves.");
  const unread = tier === "Cold" ? coldDays : coolDays;
  const counterEvidence = lookFor(account, [keptCopy]);
  const kept = firstFound(counterEvidence);
  return wasteOf({
    type: "storage_tier",
    title: `Move ${account.name} to the ${tier.toLowerCase()} tier`,
    description: `Nobody has read from this hot account for ${unread} days. In the ${tier.toLowerCase()} tier its data costs less at rest; writes and reads cost more, and were reckoned with.`,
    effort: "easy",
    risk: changeRisk("change_access_tier", account),
    savings: savingsOfScaling(
      account.id,
      facts.costs,
      costWindow(facts, null),
      () => share,
      `less the ${tier.toLowerCase()} tier at the ratio of list prices for the same data and writes`,
    ),
    confidence: [0.85, `Not read for ${unread} days.`],
    doubts: [
      ...(kept ? [`Found ${kept}: somebody may restore from it.`] : []),
      ...(after.earlyDeletionDays > 0 ? [] : ["For how long data must stay in the tier is not known."]),
      ...facts.prices.doubts,
    ],
    evidence: [
      { label: "Reads", value: "0", unit: "count", window: usageWindow(usage, unread) },
      {
        label: "Stored",
        value: String(Math.round(stored * gib)),
        unit: "bytes",
        window: usageWindow(usage, windowDays),
      },
      {
        label: "Writes a month",
        value: String(Math.round(writes)),
        unit: "count",
        window: usageWindow(usage, windowDays),
      },
      {
        label: "Data must stay at least",
        value: String(after.earlyDeletionDays),
        unit: "days",
        window: null,
      },
    ],
    counterEvidence,
    steps: [
      "Check that no report or restore reads it rarely: each GiB read then costs a retrieval.",
      `Set the account's default access tier to ${tier}, or a lifecycle rule that moves what is not read.`,
    ],
    target: { label: `${tier} tier`, sku: tier },
    remediation: "change_access_tier",
  });
}

function redundancyOf(sku: string): Redundancy | undefined {
  const known: Record<string, Redundancy> = {
    lrs: "LRS",
    zrs: "ZRS",
    grs: "GRS",
    ragrs: "RA-GRS",
    gzrs: "GZRS",
    ragzrs: "RA-GZRS",
  };
  return known[sku.toLowerCase().replace(/^standard_/, "")];
}
