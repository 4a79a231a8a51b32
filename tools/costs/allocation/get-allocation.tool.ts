import { sumAllocation, sumTagCoverage } from "@cloudoptima/db/queries/cost-allocation.ts";
import { listTagKeys } from "@cloudoptima/db/queries/cost-names.ts";
import { z } from "zod";
import { defineTool } from "../../kernel/define-tool.ts";
import { decimal, ratio } from "../../kernel/money.ts";
import { costLabel, distinctLabels } from "../cost-labels.ts";
import { costQuestion, money, readTotals, resolveQuestion } from "../cost-question.ts";
import { CostDimension, CostKind } from "../cost-shapes.ts";
import { resolveGroup } from "../resolve-filters.ts";
import { allocate } from "./allocate.ts";
import { readAllocationSettings } from "./allocation-rules.ts";
import { AllocatedCost } from "./allocation-shapes.ts";
import { allocationViews } from "./allocation-views.ts";
import { matchOf } from "./match-of.ts";
import { topTeams } from "./top-teams.ts";

export default defineTool({
  name: "get_allocation",
  title: "Cost allocation",
  description:
    "Cost by team after the organization's allocation rules, what stays unallocated, and tag coverage: the share of cost with a tag, untagged cost by any dimension.",
  examples: [
    "cost by team with allocation",
    "how much cost is unallocated?",
    "tag coverage last month",
    "allocated cost per team in October 2026",
    "unallocated cost by subscription",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/allocation",
  input: z.object({
    period: costQuestion.period,
    costKind: CostKind.default("effective"),
    tagKey: z.string().optional().describe("Coverage of this tag; default: the team tag"),
    groupBy: CostDimension.exclude(["tag"]).default("service").describe("Of untagged cost"),
    top: z.number().int().min(1).max(100).default(20),
  }),
  output: AllocatedCost,
  views: allocationViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const question = await resolveQuestion(transaction, { ...input, filters: [] }, ctx.now());
      const { teamTag, rules } = await readAllocationSettings(transaction);
      const tags = await listTagKeys(transaction);
      const spellings = (name: string) => tags.filter((tag) => tag.toLowerCase() === name.toLowerCase());
      const tagKey = input.tagKey ?? teamTag;
      const matches = rules.map((rule) => matchOf(rule, spellings));
      const teamKeys = spellings(teamTag);
      const sums = await sumAllocation(transaction, question.scope, teamKeys, matches);
      const coverage = await sumTagCoverage(transaction, question.scope, {
        group: await resolveGroup(transaction, input.groupBy, null),
        tagKeys: spellings(tagKey),
        teamKeys,
        rules: matches,
        limit: input.top,
      });
      const totals = await readTotals(transaction, question.scope, sums);
      const totalOf = new Map(totals.total.map(({ currency, value }) => [currency, value]));
      const shareOf = (amount: string, whole: string) => {
        const share = ratio(amount, whole);
        return { share, sharePercent: share === null ? null : decimal(share).times(100).toString() };
      };
      const ofTotal = (amount: string, currency: string) => shareOf(amount, totalOf.get(currency) ?? "0");
      const tagged = (amount: string, untagged: string) =>
        shareOf(decimal(amount).minus(untagged).toFixed(), amount);
      const allocation = allocate(sums, rules);
      const { shown, others } = topTeams(allocation.teams, input.top);
      return {
        period: question.period,
        costKind: input.costKind,
        ...totals,
        teamTag,
        teams: shown.map(({ team, currency, direct, allocated }) => {
          const amount = direct.plus(allocated).toFixed();
          return {
            team,
            amount: money(amount, currency),
            direct: money(direct.toFixed(), currency),
            allocated: money(allocated.toFixed(), currency),
            ...ofTotal(amount, currency),
          };
        }),
        otherTeams: others.map(({ currency, amount }) => money(amount.toFixed(), currency)),
        unallocated: [...allocation.unallocated].map(([currency, amount]) => ({
          amount: money(amount.toFixed(), currency),
          ...ofTotal(amount.toFixed(), currency),
        })),
        rules: allocation.taken.map(({ rule, currency, amount, isSplit }) => ({
          id: rule.id,
          name: rule.name,
          amount: money(amount.toFixed(), currency),
          isSplit,
        })),
        rounding: "largest remainder" as const,
        tagCoverage: {
          tagKey,
          totals: coverage.totals.map(({ currency, amount, untagged }) => ({
            tagged: money(decimal(amount).minus(untagged).toFixed(), currency),
            untagged: money(untagged, currency),
            ...tagged(amount, untagged),
          })),
          groupBy: input.groupBy,
          groups: distinctLabels(
            coverage.groups.map(({ currency, key, label, amount, untagged, unallocated }) => ({
              key,
              label: costLabel(input.groupBy, key, label),
              amount: money(amount, currency),
              untagged: money(untagged, currency),
              unallocated: money(unallocated, currency),
              ...tagged(amount, untagged),
            })),
          ),
        },
        freshness: question.freshness,
        coverage: question.coverage,
      };
    });
  },
});
