import { countCoveredMachines, readCommitmentNames } from "@cloudoptima/db/queries/commitment-names.ts";
import { listCommitmentPayments, sumCommitmentUse } from "@cloudoptima/db/queries/commitments.ts";
import { z } from "zod";
import { money, resolveQuestion } from "../costs/cost-question.ts";
import { Coverage, Decimal, Money, Period } from "../costs/cost-shapes.ts";
import { addDays } from "../costs/coverage.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { defineTool } from "../kernel/define-tool.ts";
import type { ExactDecimal } from "../kernel/money.ts";
import { type CommitmentFigures, commitmentFigures, commitmentRows } from "./commitment-figures.ts";
import { commitmentViews } from "./commitment-views.ts";
import { readDerivedList } from "./read-derived-list.ts";

const Percent = Decimal.nullable().describe("null: the data cannot tell");

export const Commitments = z.object({
  period: Period,
  coverage: Coverage,
  totals: z
    .array(
      z.object({
        coveragePercent: Percent,
        measuredAt: z.enum(["list", "effective"]).describe("Cost that coverage is a share of"),
        coveredCost: Money,
        eligibleCost: Money,
        utilizationPercent: Percent,
        usedCost: Money.describe("Amortized cost of commitments that usage took up"),
        unusedCost: Money,
        effectiveSavingsRatePercent: Percent,
        listCostFrom: z
          .enum(["delivered", "derived"])
          .nullable()
          .describe("derived: from retail prices, where size and hours are known; null: the rate is unknown"),
        listCostKnownPercent: Percent.describe("Of the eligible usage's cost; the rate is of that part"),
        actualCost: Money.describe(
          "Eligible usage (with derived list costs: that part of it) and unused commitments, amortized",
        ),
        onDemandEquivalent: Money.nullable(),
        savings: Money.nullable(),
      }),
    )
    .describe("One per currency"),
  rows: z
    .array(
      z.object({
        id: z.string(),
        label: z.string(),
        kind: z.enum(["reservation", "savings plan", "commitment"]),
        usedCost: Money.nullable(),
        unusedCost: Money,
        utilizationPercent: Percent,
        isFromPayments: z.boolean(),
      }),
    )
    .describe("By commitment, most unused first; the first 50"),
  rowCount: z.number().int(),
  machines: z
    .object({ coveredCount: z.number().int(), machineCount: z.number().int() })
    .nullable()
    .describe(
      "Machines that cost something, and those of which a commitment paid a part; null unless asked for",
    ),
  basis: z.array(z.string()).describe("How each figure is computed, and what is missing"),
});
export type Commitments = z.infer<typeof Commitments>;

export default defineTool({
  name: "get_commitments",
  title: "Commitments",
  description:
    "Coverage, utilization and unused cost of reservations and savings plans; effective savings rate.",
  examples: [
    "what is our reservation coverage?",
    "how well are our reservations used?",
    "what is our effective savings rate?",
    "savings plan utilization last month",
    "are our savings plans used?",
    "how many VMs do reservations cover?",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /commitments",
  input: z.object({ period: PeriodInput.optional(), countMachines: z.boolean().default(false) }),
  output: Commitments,
  views: commitmentViews,
  async run(ctx, { period: asked, countMachines }) {
    const { period, coverage, uses, payments, machines } = await ctx.read(async (transaction) => {
      const question = { ...(asked ? { period: asked } : {}), costKind: "effective" as const, filters: [] };
      const { period, coverage } = await resolveQuestion(transaction, question, ctx.now());
      // A year of payments shows which are monthly.
      const paidSince = { start: addDays(period.start, -366), end: period.end };
      return {
        period,
        coverage,
        uses: await sumCommitmentUse(transaction, period),
        payments: await listCommitmentPayments(transaction, paidSince),
        machines: countMachines ? await countCoveredMachines(transaction, period) : null,
      };
    });
    const rows = commitmentRows(uses, payments, period);
    const names = await ctx.read((transaction) =>
      readCommitmentNames(
        transaction,
        rows.slice(0, 50).map(({ id }) => id),
      ),
    );
    const delivered = commitmentFigures(uses);
    // Hours are read only where list costs are missing.
    const figures = delivered.every(({ listFrom }) => listFrom === "delivered")
      ? delivered
      : commitmentFigures(uses, await readDerivedList(ctx, period));
    return {
      period,
      coverage,
      totals: figures.map(toTotal),
      rows: rows.slice(0, 50).map(({ id, kind, currency, used, unused, utilization, isFromPayments }) => ({
        id,
        label: names.get(id.toLowerCase()) ?? id.split("/").at(-1)!,
        kind,
        usedCost: used && money(used.toDecimalPlaces(11).toFixed(), currency),
        unusedCost: money(unused.toFixed(), currency),
        utilizationPercent: percent(utilization),
        isFromPayments,
      })),
      rowCount: rows.length,
      machines: machines && { coveredCount: machines.covered, machineCount: machines.machines },
      basis: basisOf(
        figures,
        rows.some(({ isFromPayments }) => isFromPayments),
      ),
    };
  },
});

function toTotal(figures: CommitmentFigures): Commitments["totals"][number] {
  const amount = (value: ExactDecimal) => money(value.toDecimalPlaces(11).toFixed(), figures.currency);
  return {
    coveragePercent: percent(figures.coverage),
    measuredAt: figures.measuredAt,
    coveredCost: amount(figures.covered),
    eligibleCost: amount(figures.eligible),
    utilizationPercent: percent(figures.utilization),
    usedCost: amount(figures.used),
    unusedCost: amount(figures.unused),
    effectiveSavingsRatePercent: percent(figures.effectiveSavingsRate),
    listCostFrom: figures.listFrom,
    listCostKnownPercent: percent(figures.listKnown),
    actualCost: amount(figures.actual),
    onDemandEquivalent: figures.onDemandEquivalent && amount(figures.onDemandEquivalent),
    savings: figures.savings && amount(figures.savings),
  };
}

function percent(share: ExactDecimal | null): string | null {
  return share?.times(100).toDecimalPlaces(2).toFixed() ?? null;
}

function basisOf(figures: readonly CommitmentFigures[], hasPayments: boolean): string[] {
  const knowsList = figures.every(({ measuredAt }) => measuredAt === "list");
  return [
    `Coverage: what of the usage of services that commitments are sold for (spot left out) a commitment pays, at ${knowsList ? "list cost" : "effective cost, as no list cost was delivered; discounts make it look smaller than at list cost"}.`,
    "Utilization: used / (used + unused), amortized.",
    "Effective savings rate: (list cost of that usage - what it and unused commitments cost) / its list cost (FinOps Foundation).",
    ...(knowsList
      ? []
      : [
          "List costs that were not delivered are derived for virtual machines: today's retail price of the size x 24 hours, on days that it ran throughout. Days in part, scale sets, other services, and bills that do not fit that price are unknown; the rate is of the known part, with all unused commitments. It is told only if that is four fifths of what commitments pay and a quarter of eligible usage.",
        ]),
    ...(hasPayments
      ? ["Used of a single commitment: its monthly payments amortized over the year, less what is unused."]
      : []),
  ];
}
