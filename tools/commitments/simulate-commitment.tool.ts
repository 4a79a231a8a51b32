import { z } from "zod";
import { money } from "../costs/cost-question.ts";
import { Decimal, Money, Period } from "../costs/cost-shapes.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { hoursPerMonth } from "../prices/price.ts";
import { type CommitmentOffer, reservationOffers, savingsPlanOffers } from "./commitment-offers.ts";
import { readRunners } from "./read-runners.ts";
import { isOfSeries } from "./series-match.ts";
import type { SimulatedTerm, TermOption } from "./simulate-terms.ts";
import { simulationViews } from "./simulation-views.ts";

const Option = z.object({
  units: z.number().int().nullable().describe("Normalized units; null for a savings plan"),
  hourlyCommitment: Money,
  usedPercent: Decimal,
  monthlySavings: Money,
  monthlyPrice: Money,
  upfrontEquivalent: Money.describe("The whole term's price"),
  breakEvenMonths: z.number().int().describe("Months until the cost displaced comes to the whole price"),
});

const Term = z.object({
  years: z.literal([1, 3]),
  best: Option.nullable().describe("null: nothing runs often enough to pay"),
  cautious: Option.nullable().describe("About 70 % of the best"),
  breakEvenUsePercent: Decimal.nullable().describe("Share of hours a unit has to be used to pay"),
});

export const Simulation = z.object({
  kind: z.enum(["reservation", "savings_plan"]),
  window: Period.nullable(),
  days: z.number().int().describe("Days simulated; fewer than asked where metrics or costs reach back less"),
  totals: z
    .array(z.object({ years: z.literal([1, 3]), monthlySavings: Money, upfrontEquivalent: Money }))
    .describe("Of the best options; terms are alternatives, never added"),
  groups: z.array(
    z.object({
      label: z.string(),
      region: z.string().nullable(),
      machineCount: z.number().int(),
      resizedCount: z.number().int().describe("Counted as the smaller size they are to become"),
      onDemandPerUnitHour: Money.nullable(),
      terms: z.array(Term),
      missing: z.string().nullable(),
    }),
  ),
  settledCount: z
    .number()
    .int()
    .describe("Machines left out: paid by a commitment, on spot or to be stopped"),
  unknownCount: z.number().int().describe("Machines left out: hours, cost or price not known"),
  note: z.string().nullable(),
  basis: z.array(z.string()),
});
export type Simulation = z.infer<typeof Simulation>;

export default defineTool({
  name: "simulate_commitment",
  title: "Commitment what-if",
  description: "What reservations or a savings plan for VMs would have saved, hour by hour; 1 and 3 years.",
  examples: [
    "what if we bought reservations for the D-series?",
    "should we buy reserved instances?",
    "what would a savings plan save us?",
    "simulate reservations in west europe over 90 days",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /commitments/simulation",
  input: z.object({
    kind: z.enum(["reservation", "savings_plan"]).default("reservation"),
    series: z.string().max(60).optional().describe("D, Dsv5 ..."),
    region: z.string().max(60).optional(),
    subscription: z.string().max(120).optional(),
    days: z.literal([30, 60, 90]).default(30),
  }),
  output: Simulation,
  views: simulationViews,
  async run(ctx, { kind, series = "", ...asked }) {
    const found = await readRunners(ctx, asked);
    const runners = found.runners.filter(({ group }) => isOfSeries(group, series));
    const offers = (kind === "reservation" ? reservationOffers : savingsPlanOffers)(runners, found.days * 24);
    const groups = offers
      .map((offer) => toGroup(offer, kind))
      .sort((a, b) => savingsOf(b).comparedTo(savingsOf(a)) || (a.label < b.label ? -1 : 1));
    return {
      kind,
      window: runners[0]?.window ?? null,
      days: found.days,
      totals: totalsOf(offers),
      groups,
      settledCount: found.settledCount,
      unknownCount: found.unknownCount,
      note: noteOf(found.days, asked.days, runners.length, series, [
        ...new Set(found.runners.map(({ group }) => group)),
      ]),
      basis: [
        "A machine ran in the hours in which its processor was measured. What commitments pay, spot, and what open recommendations stop is left out; what they shrink counts as shrunk.",
        "Saving: on-demand cost displaced at your rate less the list price of the commitment, a month of 730 hours. Windows licences are not covered.",
        kind === "reservation"
          ? "Each unit is bought whose share of used hours exceeds reserved / on-demand price; scope shared by the subscriptions, instance size flexibility on."
          : "One amount an hour over all machines, at the mean discount; Azure applies it to the largest discount first.",
        ...new Set(runners.flatMap(({ doubts }) => doubts)),
      ],
    };
  },
});

function toGroup(offer: CommitmentOffer, kind: Simulation["kind"]): Simulation["groups"][number] {
  const { group, region, currency, machineCount, resizedCount, onDemandPerUnitHour, terms, missing } = offer;
  return {
    label: group ?? "All machines",
    region,
    machineCount,
    resizedCount,
    onDemandPerUnitHour: onDemandPerUnitHour && rounded(onDemandPerUnitHour, currency, 6),
    terms: terms.map((term) => toTerm(term, currency, kind)),
    missing,
  };
}

function toTerm(term: SimulatedTerm, currency: string, kind: Simulation["kind"]): z.infer<typeof Term> {
  const option = (one: TermOption | null) =>
    one && {
      units: kind === "reservation" ? one.units : null,
      hourlyCommitment: rounded(one.monthlyPrice.dividedBy(hoursPerMonth), currency, 6),
      usedPercent: percent(one.usedShare),
      monthlySavings: rounded(one.monthlySavings, currency),
      monthlyPrice: rounded(one.monthlyPrice, currency),
      upfrontEquivalent: rounded(one.upfrontEquivalent, currency),
      breakEvenMonths: one.breakEvenMonth,
    };
  return {
    years: term.years,
    best: option(term.best),
    cautious: option(term.cautious),
    breakEvenUsePercent: term.breakEvenUse && percent(term.breakEvenUse),
  };
}

function totalsOf(offers: readonly CommitmentOffer[]): Simulation["totals"] {
  const bought = offers.flatMap(({ currency, terms }) =>
    terms.flatMap(({ years, best }) => (best ? [{ currency, years, best }] : [])),
  );
  return [...Map.groupBy(bought, ({ currency, years }) => `${years} ${currency}`)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const { years, currency } = own[0]!;
      // Of the figures as they are shown, so that they add up.
      const sum = (of: (option: TermOption) => ExactDecimal) =>
        money(
          own
            .reduce((total, { best }) => total.plus(rounded(of(best), currency).value), decimal(0))
            .toFixed(),
          currency,
        );
      return {
        years,
        monthlySavings: sum(({ monthlySavings }) => monthlySavings),
        upfrontEquivalent: sum(({ upfrontEquivalent }) => upfrontEquivalent),
      };
    });
}

function noteOf(days: number, asked: number, count: number, series: string, known: readonly string[]) {
  if (days === 0) return "There are no metrics or costs from which to tell what ran.";
  if (count === 0) {
    const groups = known.length > 0 ? ` Those that do: ${known.toSorted().slice(0, 10).join(", ")}.` : "";
    return `No machine${series ? ` of the ${series} series` : ""} runs on demand for a commitment to pay.${groups}`;
  }
  return days < asked ? `Metrics or costs reach back ${days} days only.` : null;
}

function savingsOf({ terms }: Simulation["groups"][number]): ExactDecimal {
  return decimal(terms[0]?.best?.monthlySavings.value ?? 0);
}

const rounded = (value: ExactDecimal, currency: string, places = 2) =>
  money(value.toDecimalPlaces(places, 1).toFixed(), currency);
const percent = (share: ExactDecimal) => share.times(100).toDecimalPlaces(2).toFixed();
