import { listCurrencies, listDimensionValues, listTagValues } from "@cloudoptima/db/queries/cost-names.ts";
import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { costLabel, distinctLabels } from "./cost-labels.ts";
import { CostDimension, Freshness } from "./cost-shapes.ts";
import { toFreshness } from "./coverage.ts";

// What fits a question's matching: an estate's services and groups always do, its resources may not.
const NAMES_PER_DIMENSION = 2_000;
const TAG_VALUES = 5_000;

const dimensions = [
  "service",
  "region",
  "resource_group",
  "subscription",
  "provider",
  "charge_category",
  "charge_kind",
  "resource",
] as const;

export default defineOperation({
  name: "get_cost_vocabulary",
  title: "The organization's own names",
  description:
    "The names that costs carry, by dimension: services, regions, resource groups, subscriptions, providers, resources, tags with their values; currencies and the days with data.",
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/vocabulary",
  input: z.object({}),
  output: z.object({
    freshness: Freshness,
    currencies: z.array(z.string()),
    dimensions: z.array(
      z.object({
        dimension: CostDimension,
        values: z.array(z.object({ key: z.string(), label: z.string() })),
        isTruncated: z.boolean(),
      }),
    ),
    tags: z.array(z.object({ tagKey: z.string(), values: z.array(z.string()) })),
    areTagsTruncated: z.boolean(),
  }),
  async run(ctx) {
    return ctx.read(async (transaction) => {
      const named = [];
      for (const dimension of dimensions) {
        const values = await listDimensionValues(transaction, { dimension }, NAMES_PER_DIMENSION + 2);
        const known = values.filter(({ key }) => key !== "");
        named.push({
          dimension,
          values: distinctLabels(
            known
              .slice(0, NAMES_PER_DIMENSION)
              .map(({ key, label }) => ({ key, label: costLabel(dimension, key, label) })),
          ),
          isTruncated: known.length > NAMES_PER_DIMENSION,
        });
      }
      const pairs = await listTagValues(transaction, TAG_VALUES + 1);
      const tags = Map.groupBy(pairs.slice(0, TAG_VALUES), ({ key }) => key);
      return {
        freshness: toFreshness(await readCostCoverage(transaction)),
        currencies: await listCurrencies(transaction),
        dimensions: named,
        tags: [...tags].map(([tagKey, found]) => ({ tagKey, values: found.map(({ value }) => value) })),
        areTagsTruncated: pairs.length > TAG_VALUES,
      };
    });
  },
});
