import { z } from "zod";
import { Day } from "./tenant/day-schema.ts";

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** Everything that can be planted as waste: the types of recommendations (RULES.md). */
const wasteDefinitions = `What is wasted. Where the rules leave a choice, these definitions hold, and who plants must keep to them:
- idle_vm, stopped_not_deallocated_vm: compute and licence end. Such a machine is no other waste beside it.
- vm_rightsizing: 'target' is the cheapest smaller size of the same series, or a burstable one with as many vCPUs where P99 of CPU is over 80 %; with unknown memory the next smaller. It fits whether P95 is taken of hourly averages or maxima and whether or not people wait for it, so plant well inside 40 % CPU and 60 % memory.
- underutilized_vm: the next smaller size fits by CPU and network, but memory is unknown and P95 CPU >= 15 %.
- auto_shutdown: outside production; what remains is the share of the week's hours in which it was ever busy.
- spot_instance: the evidence is a role in a tag or name (batch, ci, render), a scale set or an autoscaling user pool, outside production; the environment alone is none, because people work on development machines. Of a pool the scale set is named, which bears the cost.
- hybrid_benefit: virtual machines with Windows only; the licence's charge ends.
- storage_tier: premium data disks to standard SSD of the same size; hot accounts to Cool when unread for 30 days, to Cold from 90, with their writes at that tier's price and no retrieval; the move itself is not counted.
- database_rightsizing: the smallest capacity on which P99 stays under 80 %, storage included. Of an elastic pool the same by the pool's own use: the data fits what the size includes (eDTUs) or takes (vCores), so do the databases by their number and by what the pool promises each. A pool without databases for 7 days ends. A database in a pool is never this or a serverless_candidate by itself.
- serverless_candidate: billed for the vCores that it uses in the hours with sessions, for the least (an eighth of its vCores, 0.5 at least) in the hour that it waits before it pauses, and for nothing else; memory beyond that is not counted. Storage remains.
- idle_gateway: a NAT, VPN or application gateway through which nothing went in 14 days but keep-alives, as its own metrics show; without metrics it is unknown. All of its cost ends, its public addresses stay.
- unattached_disk: managed disks, and virtual hard disks that are page blobs of a storage account (unmanaged disks). Of those: no lease, named by no machine, at least 1 GiB, not written for 14 days, no image, nothing that marks it as kept. The blob's part of its account's bill ends: its written pages at the list price of page blobs, which must be all of its size.
- orphaned_nic: saves nothing.`;

export const wasteTypes = [
  "idle_vm",
  "stopped_not_deallocated_vm",
  "underutilized_vm",
  "vm_rightsizing",
  "auto_shutdown",
  "spot_instance",
  "reserved_instance",
  "hybrid_benefit",
  "unattached_disk",
  "storage_tier",
  "snapshot_cleanup",
  "unused_public_ip",
  "orphaned_nic",
  "idle_load_balancer",
  "idle_gateway",
  "database_rightsizing",
  "serverless_candidate",
  "empty_app_service_plan",
] as const;

/** How the truth of a reservation is reckoned. */
const commitmentDefinition = `What is bought for the machines of one subscription, region and flexibility group. Hours are those of the last 30 whole days in which a machine that no commitment pays was planned to run, each weighted with its size's normalized units (vCPUs / those of the group's smallest size). Right-size and stop first: machines planted as idle, stopped, switched off at night or moved to spot are left out, and those planted as oversized count as what they become. The own on-demand rate of a unit is the mean over all these unit hours. Scale sets are not counted: their hours are not known machine by machine.`;

const Commitment = z
  .object({
    region: z.string(),
    flexibilityGroup: z
      .string()
      .describe(
        'Azure\'s instance size flexibility group: mostly the series ("Dsv5 Series"), of burstable sizes with more memory "BS Series High Memory".',
      ),
    units: z
      .number()
      .describe(
        "Best number of units: the largest n that is used whole in more of the hours than reserved price / own rate.",
      ),
    usedShare: z.number().describe("Share of the bought unit hours that run, 0 to 1."),
    oneYear: z.object({ hourlyPerUnit: Decimal, monthlySaving: Decimal }),
    threeYears: z
      .object({ hourlyPerUnit: Decimal, monthlySaving: Decimal, units: z.number() })
      .describe("An alternative to one year, never added to it."),
  })
  .describe(commitmentDefinition);

/**
 * What was planted in an estate: the answer key for tests and evals. It records the planting, never what a rule
 * found. Amounts are in the tenant's currency; days are UTC, periods half-open.
 */
export const Truth = z.object({
  version: z.literal(1),
  tenantId: z.string(),
  currency: z.string(),
  period: z.object({ start: Day, end: Day }).describe("Days with data: [start, end)."),
  totals: z.object({
    months: z
      .array(z.object({ month: z.string(), actual: Decimal, amortized: Decimal }))
      .describe("By month YYYY-MM; the first and last may be partial."),
    resourceCount: z.int(),
    unmanagedDiskCount: z
      .int()
      .default(0)
      .describe("Virtual hard disks among the page blobs; no resources of Azure."),
  }),
  waste: z
    .array(
      z.object({
        type: z.enum(wasteTypes).describe(wasteDefinitions),
        resourceId: z
          .string()
          .describe(
            "Lower case. Of a reservation its group: /subscriptions/{id}/providers/microsoft.capacity/reservations/{region}-{group}. Of a blob {account's id}/blobservices/default/containers/{container}/blobs/{name}, where whatever of the name is no small letter, digit or . _ - is percent-encoded byte by byte in lower case (%2f, %44).",
          ),
        since: Day.describe("First whole day in that state."),
        why: z.string(),
        dailyEffectiveCost: Decimal.describe(
          "Mean daily effective cost of the wasted charges over the days in that state that have data (of the last 30 of them, where it changes: today's rate counts). Of a machine its compute and licence, not its disks; what a reservation or savings plan pays is not wasted, because it is owed until it ends.",
        ),
        monthlySaving: Decimal.describe(
          "(dailyEffectiveCost - dailyCostAfter) x 365 / 12, rounded to 6 decimals. Of a reservation: the on-demand cost that one of one year displaces, less its price.",
        ),
        target: z
          .string()
          .optional()
          .describe(
            'What it becomes when it is not just removed: a size ("Standard_D4s_v5"), tier ("E30", "Cool"), objective ("S2", "GP_Gen5_2"), "Spot", or the hours in which it runs.',
          ),
        dailyCostAfter: Decimal.optional().describe(
          "Cost a day of the target at the own net rate: the wasted charges x list price of the target / list price of today.",
        ),
        commitment: Commitment.optional(),
      }),
    )
    .describe(
      "One entry a resource and type. A machine that is idle or stopped is no other waste: stopping it comes first. A group of machines that run on demand throughout is a reserved_instance, even if none was meant.",
    ),
  /** Resources that look like waste and are not. */
  traps: z.array(
    z.object({
      type: z.enum(wasteTypes),
      resourceId: z.string(),
      why: z.string(),
    }),
  ),
  anomalies: z.array(
    z.object({
      service: z.string(),
      resourceId: z.string().nullable(),
      region: z.string(),
      start: Day,
      end: Day,
      extraCost: Decimal.describe("Effective cost above what the days would have cost."),
      why: z.string(),
    }),
  ),
  /** Charges that grow steadily. */
  trends: z.array(
    z.object({
      service: z.string(),
      resourceId: z.string().nullable(),
      monthlyGrowthPercent: z.number(),
      why: z.string(),
    }),
  ),
  /** What is configured wrong. Of a check that is named here every violation in the estate is. */
  assessment: z.array(
    z.object({ check: z.string().describe("Id of the check, e.g. SEC-ST-02"), resourceId: z.string() }),
  ),
  /** Resources that ran or existed for a while only. */
  changes: z.array(
    z.object({
      kind: z.enum(["deallocated", "existed"]),
      resourceId: z.string(),
      start: Day,
      end: Day,
      why: z.string(),
    }),
  ),
});
export type WasteType = (typeof wasteTypes)[number];
export type Truth = z.infer<typeof Truth>;
