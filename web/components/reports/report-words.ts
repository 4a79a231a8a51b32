import type { ReportPlace } from "@cloudoptima/tools/reports/report-place.ts";
import type { ReportType } from "@cloudoptima/tools/reports/report-types.ts";
import { addDays } from "../../lib/days.ts";

/** What each type is for, in one line. */
export const typeWords: Readonly<Record<ReportType, string>> = {
  executive_summary: "Spend, what changed, what can be saved, scores and policies, in a few pages.",
  detailed_technical: "Everything there is: every section, with resources and how to mend what fails.",
  cost_analysis: "Spend by service, place and day, its changes, commitments and savings.",
  waf_assessment: "Scores of the five Well-Architected pillars, what fails and how to mend it.",
  compliance: "Your policies, and each resource that breaks one.",
  custom: "The sections you choose.",
};

export const repeatChoices = [
  { value: "", label: "Once, now" },
  { value: "week", label: "Each week" },
  { value: "month", label: "Each month" },
] as const;
export type RepeatChoice = (typeof repeatChoices)[number]["value"];

/** "rg-web in Production"; empty for everything. */
export function placeWords({ subscription, resourceGroup }: ReportPlace): string {
  return [resourceGroup, subscription?.name].filter(Boolean).join(" in ");
}

export const periodChoices = [
  { value: "", label: "Last whole month" },
  { value: "this month", label: "This month so far" },
  { value: "last quarter", label: "Last quarter" },
  { value: "year to date", label: "This year so far" },
  { value: "days", label: "Own days…" },
] as const;
export type PeriodChoice = (typeof periodChoices)[number]["value"];

/** A choice as the server takes it; `until` is the last day, which people count in. */
export function periodInput(choice: PeriodChoice, from: string, until: string) {
  if (choice === "") return undefined;
  if (choice !== "days") return { words: choice };
  return { start: from, end: addDays(until, 1) };
}
