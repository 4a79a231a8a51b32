import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { type CostCoverage, readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { readAges } from "@cloudoptima/db/queries/resource-ages.ts";
import {
  countResourcesBy,
  type ResourceCountKey,
  searchResources,
  sumMatchingCosts,
} from "@cloudoptima/db/queries/search-resources.ts";
import { z } from "zod";
import { diskBlobType } from "../clouds/disk-blob-id.ts";
import { lastWholeMonth } from "../costs/cost-question.ts";
import { Freshness, Money, Period } from "../costs/cost-shapes.ts";
import { toFreshness } from "../costs/coverage.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { decimal } from "../kernel/money.ts";
import { matchSubscriptions } from "./match-subscriptions.ts";
import { ResourceRow, toEffectiveMoney, toResourceRow } from "./resource-row.ts";
import { findResourceTypes, resourceTypeLabel } from "./resource-types.ts";
import { resourceViews } from "./resource-views.ts";
import { unreadDiskAccounts } from "./unread-disk-accounts.ts";

export const ResourceSearchOutput = z.object({
  period: Period.describe("Days of the cost beside each resource"),
  totalCount: z.number().int().describe("Resources that match, over all pages"),
  totalCost: z
    .array(Money)
    .nullable()
    .describe("Effective cost of all matches in the period, one per currency; null unless asked for"),
  counts: z
    .array(z.object({ key: z.string().nullable(), label: z.string(), count: z.number().int() }))
    .nullable()
    .describe(
      "All matches counted by countBy, most first; key null: those that have none; null unless asked for",
    ),
  offset: z.number().int(),
  rows: z.array(
    ResourceRow.extend({
      ageDays: z.number().int().nullable().describe("Since it was made; null: the inventory does not say"),
      diskSize: z.object({ value: z.string(), unit: z.string() }).nullable(),
      size: z.string().nullable().describe("Of a machine"),
    }),
  ),
  freshness: Freshness,
  note: z.string().nullable(),
});
export type ResourceSearchOutput = z.infer<typeof ResourceSearchOutput>;

export default defineTool({
  name: "search_resources",
  title: "Search resources",
  description:
    "Finds cloud resources by name, type, region, resource group, subscription, tag, missing tag or status, with their effective cost in a period, and the total count.",
  examples: [
    "list our virtual machines",
    "which VMs do we have in West Europe?",
    "how many disks are there",
    "find resources named webshop",
    "show me everything in rg-dev",
    "resources tagged Team = data",
    "all deallocated VMs",
    "most expensive SQL databases last month",
    "what storage accounts does the production subscription have?",
    "public IPs in north europe",
    "how many resources do we have?",
    "unattached disks in the inventory",
    "which VMs have no Owner tag",
    "how many disks do we have and what do they cost together",
    "number of VMs per region",
    "snapshots older than 90 days",
  ],
  permission: "resources:read",
  effect: "read",
  rest: ["GET /resources", "GET /resources/search"],
  input: z.object({
    text: z.string().max(300).optional().describe("Part of the name, or a full resource id"),
    type: z.string().max(120).optional().describe('"VM", "disk", "public IP", "AKS", … or a full type'),
    region: z.string().max(60).optional(),
    resourceGroup: z.string().max(120).optional(),
    subscription: z.string().max(120).optional().describe("Name, part of it, or id"),
    tagKey: z.string().max(200).optional(),
    tagValue: z.string().max(300).optional(),
    missingTag: z.string().max(200).optional().describe('Without this tag; "*": without any'),
    status: z
      .string()
      .max(120)
      .optional()
      .describe('"running", "deallocated", "stopped", "unattached", …; several with commas'),
    countBy: z
      .enum(["type", "region", "resource_group", "subscription", "status", "tag"])
      .optional()
      .describe("Also how many match of each; tag: of the key in countTagKey"),
    countTagKey: z.string().max(200).optional(),
    period: PeriodInput.optional().describe("Days of the cost; default: the last whole month with data"),
    olderThanDays: z.number().int().min(0).max(9999).optional(),
    largerThanGib: z.number().min(0).optional(),
    orderBy: z.enum(["cost", "name", "age", "size"]).default("cost"),
    withTotalCost: z.boolean().default(false).describe("Also what all matches cost together"),
    includeGone: z.boolean().default(false).describe("Also resources that no longer exist"),
    limit: z.number().int().min(1).max(100).default(20),
    offset: z.number().int().min(0).default(0),
  }),
  output: ResourceSearchOutput,
  views: resourceViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const coverage = await readCostCoverage(transaction);
      const period = input.period
        ? resolvePeriod(input.period, ctx.now())
        : defaultPeriod(coverage, ctx.now());
      const names = await readSubscriptionNames(transaction);
      const search = {
        text: input.text,
        ...typeCondition(input.type),
        regions: input.region ? regionForms(input.region) : undefined,
        resourceGroup: input.resourceGroup,
        subscriptionIds: input.subscription ? matchSubscriptions(input.subscription, names) : undefined,
        subscriptionText: input.subscription,
        tagKey: input.tagKey,
        tagValue: input.tagValue,
        missingTag: input.missingTag,
        statuses: input.status?.split(",").map((status) => status.trim().toLowerCase()),
        includeGone: input.includeGone,
        ...(input.olderThanDays === undefined
          ? {}
          : { madeBefore: daysBefore(ctx.now(), input.olderThanDays) }),
        ...(input.largerThanGib === undefined ? {} : { largerThanGib: input.largerThanGib }),
        period,
        orderBy: input.orderBy,
        limit: input.limit,
        offset: input.offset,
      };
      const found = await searchResources(transaction, search);
      const ages = await readAges(
        transaction,
        found.rows.map(({ id }) => id),
      );
      const counts = input.countBy
        ? await countResourcesBy(transaction, search, countKey(input.countBy, input.countTagKey))
        : null;
      const total = input.withTotalCost ? await sumMatchingCosts(transaction, search) : null;
      const unread = isOfDiskBlobs(search.types) ? await unreadDiskAccounts(transaction) : null;
      return {
        period,
        totalCount: found.totalCount,
        totalCost: total?.map(toEffectiveMoney) ?? null,
        counts: counts?.map((row) => ({ ...row, label: countLabel(row.key, input.countBy, names) })) ?? null,
        offset: input.offset,
        rows: found.rows.map((row) => ({
          ...toResourceRow(row, names),
          ...ageOf(ages.get(row.id), ctx.now()),
        })),
        freshness: toFreshness(coverage),
        note: unread ?? (found.totalCount === 0 ? emptyNote(found.allCount) : null),
      };
    });
  },
});

function daysBefore(now: Temporal.Instant, days: number): Date {
  return new Date(now.subtract({ hours: 24 * days }).epochMilliseconds);
}

function ageOf(
  known: { madeAt: Date | null; gib: string | null; size: string | null } | undefined,
  now: Temporal.Instant,
) {
  const { madeAt = null, gib = null, size = null } = known ?? {};
  const dayMs = 86_400_000;
  return {
    ageDays: madeAt && Math.floor((now.epochMilliseconds - madeAt.getTime()) / dayMs),
    diskSize: gib === null ? null : { value: decimal(gib).toFixed(), unit: "GiB" },
    size,
  };
}

type CountBy = "type" | "region" | "resource_group" | "subscription" | "status" | "tag";

function countKey(by: CountBy, tagKey: string | undefined): ResourceCountKey {
  if (by !== "tag") return by;
  if (tagKey) return { tagKey };
  throw new AppError("invalid_input", "Counting by tag needs the tag's key.", { hint: "Give countTagKey." });
}

function countLabel(
  key: string | null,
  by: CountBy | undefined,
  subscriptions: ReadonlyMap<string, string>,
): string {
  if (key === null) return by === "tag" ? "(untagged)" : "(none)";
  if (by === "type") return resourceTypeLabel(key);
  return by === "subscription" ? (subscriptions.get(key) ?? key) : key;
}

function typeCondition(type: string | undefined): { types?: string[]; typeText?: string } {
  if (!type) return {};
  const types = findResourceTypes(type);
  return types.length > 0 ? { types } : { typeText: type.trim() };
}

function isOfDiskBlobs(types: readonly string[] | undefined): boolean {
  return types?.includes(diskBlobType) ?? false;
}

/** Azure ids have no spaces, AWS ids have dashes: both forms are tried. */
function regionForms(region: string): string[] {
  const lower = region.trim().toLowerCase();
  return [lower, lower.replaceAll(" ", ""), lower.replaceAll(" ", "-")];
}

/** As for every question about cost; without any cost data the 30 days before today, all without cost. */
function defaultPeriod(coverage: CostCoverage, now: Temporal.Instant): Period {
  if (coverage.dataUntil) return lastWholeMonth(coverage);
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  return { start: today.subtract({ days: 30 }).toString(), end: today.toString() };
}

function emptyNote(allCount: number): string {
  return allCount === 0
    ? "No resources are known yet: connect a cloud and scan it."
    : `None of the ${allCount} resources matches all of this.`;
}
