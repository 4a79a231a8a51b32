import {
  type RecommendationEffort,
  type RecommendationRisk,
  type RecommendationStatus,
  recommendationEfforts,
  recommendationRisks,
  recommendationStatuses,
  recommendationTypeLabels,
} from "@cloudoptima/tools/recommendations/recommendation-types.ts";

/** Parts of the page. */
export const parts = ["list", "plan", "saved", "suppressions", "thresholds"] as const;
/** Days of which a saving is told, as the business clock reads them; empty: since each change. */
export const spans = ["", "this month", "last month", "this quarter", "last quarter", "this year"] as const;
const sorts = ["priority", "savings", "newest", "risk", "effort", "confidence", "title"] as const;

export type Part = (typeof parts)[number];
export type Status = RecommendationStatus;
export type Sort = (typeof sorts)[number];
export type Risk = RecommendationRisk;
export type Effort = RecommendationEffort;

/** What the page shows, all of it in its address: a link shows another person the same. Empty does not filter. */
export interface PageAddress {
  /** The recommendation that is open. */
  id: string | null;
  part: Part;
  status: Status;
  type: string;
  risk: Risk | "";
  effort: Effort | "";
  /** Id of a subscription; the plan is narrowed by it too. */
  subscription: string;
  text: string;
  sort: Sort;
  /** From 1. */
  page: number;
  /** The plan's limits. */
  riskUpTo: Risk;
  effortUpTo: Effort;
  /** Of what was saved. */
  span: (typeof spans)[number];
}

export const homeAddress: PageAddress = {
  id: null,
  part: "list",
  status: "open",
  type: "",
  risk: "",
  effort: "",
  subscription: "",
  text: "",
  sort: "priority",
  page: 1,
  riskUpTo: "low",
  effortUpTo: "hard",
  span: "",
};

/** What an address shows; a part of it that makes no sense shows what its absence does. */
export function readAddress(path: string, query: URLSearchParams): PageAddress {
  const said = (name: string, longest = 200) => (query.get(name) ?? "").slice(0, longest);
  const one = <Value extends string>(name: keyof PageAddress, values: readonly Value[]): Value => {
    const value = said(name) as Value;
    return value !== "" && values.includes(value) ? value : (homeAddress[name] as Value);
  };
  const page = Number(said("page"));
  return {
    id: /^\/recommendations\/([^/]+)/.exec(path)?.[1] ?? null,
    part: one("part", parts),
    status: one("status", recommendationStatuses),
    type: Object.hasOwn(recommendationTypeLabels, said("type")) ? said("type") : "",
    risk: one<Risk | "">("risk", recommendationRisks),
    effort: one<Effort | "">("effort", recommendationEfforts),
    subscription: said("subscription", 120),
    text: said("text"),
    sort: one("sort", sorts),
    page: Number.isInteger(page) && page > 0 && page < 20_000 ? page : 1,
    riskUpTo: one("riskUpTo", recommendationRisks),
    effortUpTo: one("effortUpTo", recommendationEfforts),
    span: one("span", spans),
  };
}

/** Its address; only what differs from the page as it opens is written. */
export function writeAddress({ id, ...shown }: PageAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(shown)) {
    if (value !== homeAddress[name as keyof PageAddress]) query.set(name, String(value));
  }
  const path = id ? `/recommendations/${encodeURIComponent(id)}` : "/recommendations";
  return query.size > 0 ? `${path}?${query}` : path;
}
