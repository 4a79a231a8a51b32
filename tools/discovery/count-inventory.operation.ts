import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import {
  countResourcesBy,
  countResourceTagKeys,
  type ResourceCountKey,
  type ResourceSearch,
  sumMatchingCosts,
} from "@cloudoptima/db/queries/search-resources.ts";
import { z } from "zod";
import { Money, Period } from "../costs/cost-shapes.ts";
import { regionName } from "../costs/region-names.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { inventorySearch, recentCostDays, toResourceSearch } from "./inventory-search.ts";
import { toEffectiveMoney } from "./resource-row.ts";
import { resourceTypeLabel } from "./resource-types.ts";

const mostChoices = 200;

const Choice = z.object({ id: z.string(), label: z.string(), count: z.number().int() });
type Choice = z.infer<typeof Choice>;

export default defineOperation({
  name: "count_inventory",
  title: "Inventory, counted",
  description:
    "How many resources match, by type, subscription, region, status, tag and whether they still exist, each counted with all that was asked for but itself; and what all matches cost in the last 30 days with data.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/inventory/counts",
  input: z.object(inventorySearch),
  output: z.object({
    period: Period,
    totalCost: z.array(Money).describe("Effective, of all matches, one per currency"),
    existence: z.object({ presentCount: z.number().int(), goneCount: z.number().int() }),
    types: z.array(Choice).describe("Most first"),
    subscriptions: z.array(Choice),
    regions: z.array(Choice),
    statuses: z.array(Choice),
    tagKeys: z.array(Choice),
    tagValues: z.array(Choice).describe("Of the tag that was asked for"),
    untaggedCount: z.number().int().nullable().describe("Without that tag; null: none was asked for"),
  }),
  run: (ctx, asked) =>
    ctx.read(async (transaction) => {
      const { period } = await recentCostDays(transaction, ctx.now());
      const names = await readSubscriptionNames(transaction);
      const search = (without: Partial<typeof asked>): ResourceSearch => ({
        ...toResourceSearch({ ...asked, ...without }, period),
        orderBy: "name",
        limit: 1,
        offset: 0,
      });
      const choices = async (
        by: ResourceCountKey,
        without: Partial<typeof asked>,
        label: (key: string) => string,
      ): Promise<Choice[]> =>
        (await countResourcesBy(transaction, search(without), by)).flatMap(({ key, count }) =>
          key === null ? [] : [{ id: key, label: label(key), count }],
        );
      const same = (key: string) => key;
      const existing = await choices("existence", { existence: "all" }, same);
      const tag = asked.tagKey ?? asked.missingTag;
      const anyTag = { tagKey: undefined, tagValue: undefined, missingTag: undefined };
      const values = tag ? await countResourcesBy(transaction, search(anyTag), { tagKey: tag }) : [];
      return {
        period,
        totalCost: (await sumMatchingCosts(transaction, search({}))).map(toEffectiveMoney),
        existence: {
          presentCount: existing.find(({ id }) => id === "present")?.count ?? 0,
          goneCount: existing.find(({ id }) => id === "gone")?.count ?? 0,
        },
        types: await choices("type", { type: undefined }, resourceTypeLabel),
        subscriptions: await choices(
          "subscription",
          { subscriptionId: undefined },
          (key) => names.get(key) ?? key,
        ),
        regions: await choices("region", { region: undefined }, regionName),
        statuses: await choices("status", { status: undefined }, same),
        tagKeys: (await countResourceTagKeys(transaction, search(anyTag), mostChoices)).map(
          ({ key, count }) => ({ id: key, label: key, count }),
        ),
        tagValues: values
          .flatMap(({ key, count }) => (key === null ? [] : [{ id: key, label: key, count }]))
          .slice(0, mostChoices),
        untaggedCount: tag ? (values.find(({ key }) => key === null)?.count ?? 0) : null,
      };
    }),
});
