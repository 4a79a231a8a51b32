import { formatPercent } from "../../lib/format.ts";
import type { Effort, PageAddress, Part, Risk, Sort, Status } from "./page-address.ts";

export const partWords: Readonly<Record<Part, string>> = {
  list: "List",
  plan: "Savings plan",
  saved: "Saved",
  suppressions: "Suppressed",
  thresholds: "Thresholds",
};

export const spanWords: Readonly<Record<PageAddress["span"], string>> = {
  "": "All days since each change",
  "this month": "This month",
  "last month": "Last month",
  "this quarter": "This quarter",
  "last quarter": "Last quarter",
  "this year": "This year",
};

export const statusWords: Readonly<Record<Status, string>> = {
  open: "Open",
  in_progress: "In progress",
  implemented: "Implemented",
  dismissed: "Dismissed",
  expired: "Expired",
};

export const sortWords: Readonly<Record<Sort, string>> = {
  priority: "What to do first",
  savings: "Largest saving",
  newest: "Newest",
  risk: "Least risk",
  effort: "Least effort",
  confidence: "Surest",
  title: "Title",
};

export const riskWords: Readonly<Record<Risk, string>> = { low: "Low", medium: "Medium", high: "High" };
export const effortWords: Readonly<Record<Effort, string>> = { easy: "Easy", medium: "Medium", hard: "Hard" };

/** How easy it is where no header says that it is of effort: "medium" alone would be anything. */
export const shortEffort: Readonly<Record<Effort, string>> = {
  easy: "easy",
  medium: "medium effort",
  hard: "hard",
};

/** "85 %": the rules know no finer. */
export function confidenceText(ratio: string): string {
  return formatPercent(String(Number(ratio) * 100));
}

/** What an empty list of a status says. */
export const emptyWords: Readonly<Record<Status, { title: string; text: string }>> = {
  open: {
    title: "Nothing to save was found",
    text: "Each scan judges every resource by its costs, metrics and prices. What could be saved is listed here, with the evidence.",
  },
  in_progress: {
    title: "Nothing is in progress",
    text: "Open a recommendation and choose “Start” to show others that you are at it.",
  },
  implemented: {
    title: "Nothing was implemented yet",
    text: "What was done after an approval, or that somebody marked as done elsewhere, is listed here.",
  },
  dismissed: {
    title: "Nothing was dismissed",
    text: "What somebody took off the list for good is listed here and can be opened again.",
  },
  expired: {
    title: "Nothing expired",
    text: "A recommendation whose reason is gone, or that was suppressed, ends here by itself.",
  },
};

/** Names of what an effect changes, as people call it. */
export const componentWords = {
  compute: "Compute",
  licence: "Licence",
  storage: "Storage",
  network: "Network",
  platform: "Platform",
} as const;
