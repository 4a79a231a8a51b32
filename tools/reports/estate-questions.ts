import { failingCheckViews, placeScoreViews } from "../assessment/assessment-views.ts";
import getAssessment from "../assessment/get-assessment.tool.ts";
import searchResources from "../discovery/search-resources.tool.ts";
import type { ReadContext } from "../kernel/context.ts";
import listPolicies from "../policies/list-policies.operation.ts";
import listPolicyViolations from "../policies/list-policy-violations.tool.ts";
import getRealizedSavings from "../recommendations/get-realized-savings.operation.ts";
import getSavingsTotal from "../recommendations/get-savings-total.tool.ts";
import listRecommendations from "../recommendations/list-recommendations.tool.ts";
import planSavings from "../recommendations/plan-savings.tool.ts";
import { measuredWords, realizedViews } from "../recommendations/realized/realized-views.ts";
import { brokenPolicies, mendList, policyTable, typeTable, violationTable } from "./estate-views.ts";
import { placeFields, placeInWords } from "./report-place.ts";
import {
  type FigureAt,
  type Missing,
  question,
  type ReportQuestion,
  type ReportScope,
} from "./report-question.ts";

export function estate({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(searchResources, {
      title: "By type, and the dearest",
      basis: "inventory",
      input: { ...placeFields(place), period, countBy: "type", limit: 25 },
      figures: () => [{ label: "Resources", unit: "count", pointer: "/totalCount" }],
      views: typeTable,
      notes: ({ note }) => [note],
    }),
  ];
}

export function realizedSavings({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(getRealizedSavings, {
      title: "By what was done",
      basis: "costs",
      input: { ...placeFields(place), period },
      figures: (output) =>
        output.savedSoFar.map(
          ({ currency }, index): FigureAt => ({
            label: "Saved in the period",
            unit: currency,
            pointer: `/savedSoFar/${index}/value`,
            detail: `${measuredWords(output)}, against what would have been spent`,
            isHeadline: true,
          }),
        ),
      views: realizedViews,
      notes: ({ changeCount, measuredCount, basis }) => [
        changeCount === 0
          ? "No change made to save was in effect."
          : measuredCount === 0
            ? "Nothing is measured yet: too few days have passed since the changes."
            : null,
        changeCount > 0 ? basis : null,
      ],
    }),
  ];
}

export function savings({ place }: ReportScope): ReportQuestion[] {
  return [
    question(getSavingsTotal, {
      title: "By what can be done together",
      basis: "analysis",
      input: placeFields(place),
      figures: ({ monthlySavings, annualSavings, recommendationCount }) => [
        ...monthlySavings.map(
          ({ currency }, index): FigureAt => ({
            label: "Savings a month",
            unit: currency,
            pointer: `/monthlySavings/${index}/value`,
            detail: `${recommendationCount === 1 ? "by 1 recommendation" : `by ${recommendationCount} recommendations that can be done together`}, at your rates`,
            isHeadline: true,
          }),
        ),
        ...annualSavings.map(
          ({ currency }, index): FigureAt => ({
            label: "Savings a year",
            unit: currency,
            pointer: `/annualSavings/${index}/value`,
          }),
        ),
      ],
      notes: ({ basis, unpricedCount, recommendationCount }) => [
        recommendationCount === 0 ? "No open recommendation has a saving that could be totalled." : null,
        basis,
        unpricedCount > 0
          ? `Left out: ${unpricedCount} recommendations whose saving the data cannot tell.`
          : null,
      ],
    }),
  ];
}

export function recommendations({ place }: ReportScope): ReportQuestion[] {
  return [
    question(planSavings, {
      title: "Savings plan, in the order to do it",
      basis: "analysis",
      input: placeFields(place),
      notes: ({ basis, plans }) => [plans.length === 0 ? "There is nothing to plan." : null, basis],
    }),
    question(listRecommendations, {
      title: "Open recommendations",
      basis: "analysis",
      input: { ...placeFields(place), limit: 50 },
      figures: () => [{ label: "Open recommendations", unit: "count", pointer: "/totalCount" }],
      notes: ({ note }) => [note],
    }),
  ];
}

export function assessment({ place }: ReportScope): ReportQuestion[] {
  return [
    question(getAssessment, {
      title: "By pillar",
      basis: "assessment",
      input: { ...placeFields(place), limit: 5 },
      figures: () => [
        {
          label: "Well-Architected score",
          unit: "percent",
          pointer: "/overallScorePercent",
          detail: "mean of the pillars' scores",
          isHeadline: true,
        },
        { label: "Failing checks", unit: "count", pointer: "/failingCheckCount" },
        { label: "Resources assessed", unit: "count", pointer: "/resourceCount" },
      ],
      notes: ({ note }) => [note],
    }),
  ];
}

export function failingChecks({ place }: ReportScope): ReportQuestion[] {
  return [
    question(getAssessment, {
      title: "Failing checks, severest first",
      basis: "assessment",
      input: { ...placeFields(place), by: place.subscription ? "resource_group" : "subscription", limit: 50 },
      views: (output) => [...placeScoreViews(output), ...failingCheckViews(output), ...mendList(output)],
      notes: ({ note, checks }) => [note, checks.length === 0 ? "No check fails." : null],
    }),
  ];
}

export function compliance({ place }: ReportScope): ReportQuestion[] {
  return [
    question(listPolicyViolations, {
      title: "Open violations",
      basis: "inventory",
      input: { ...placeFields(place), limit: 1 },
      missing: noPolicy,
      figures: () => [
        {
          label: "Open policy violations",
          unit: "count",
          pointer: "/totalCount",
          detail: "of the policies that are enabled",
          isHeadline: true,
        },
      ],
      views: () => [],
    }),
    // Policies are everybody's; what of them a part breaks, its violations tell.
    placeInWords(place) === null
      ? question(listPolicies, {
          title: "Each policy",
          basis: "inventory",
          input: {},
          views: ({ policies }) => policyTable(policies),
        })
      : question(listPolicyViolations, {
          title: "Policies that are broken here",
          basis: "inventory",
          input: { ...placeFields(place), limit: 1 },
          missing: noPolicy,
          views: brokenPolicies,
        }),
  ];
}

export function violations({ place }: ReportScope): ReportQuestion[] {
  return [
    question(listPolicyViolations, {
      title: "Worst first",
      basis: "inventory",
      input: { ...placeFields(place), limit: 100 },
      missing: noPolicy,
      views: violationTable,
      notes: ({ totalCount }) => [totalCount === 0 ? "No policy is violated." : null],
    }),
  ];
}

/** Where nothing is demanded, "no violations" would read as praise. */
async function noPolicy(ctx: ReadContext): Promise<Missing | null> {
  const { policies } = await listPolicies.run(ctx, {});
  if (policies.some(({ enabled }) => enabled)) return null;
  return { reason: "No policy is in force.", hint: "An admin adds policies: POST /api/v1/policies." };
}
