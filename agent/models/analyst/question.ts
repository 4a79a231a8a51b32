import type { CostDimension, CostKind } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { FoundPeriod } from "@cloudoptima/tools/costs/period-words.ts";
import type { RecommendationType } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import type { MetricsQuery } from "./understand/find-metrics.ts";

/** What a person wants; each has its answer in answers/. */
const intents = [
  "cost",
  "trend",
  "compare",
  "explain",
  "search",
  "recommendations",
  "savings",
  "realized",
  "commitments",
  "savings_plan",
  "why_recommended",
  "freshness",
  "reconcile",
  "relationships",
  "resource_changes",
  "owner",
  "metrics",
  "unmanaged_disks",
  "allocation",
  "assessment",
  "violations",
  "knowledge",
  "help",
  "thanks",
  "terms",
  "change",
  "proposals",
  "forecast",
  "not_built",
  "outside",
  "unknown",
] as const;
export type Intent = (typeof intents)[number];

/** What of a cost is asked for. */
export type Measure = "amount" | "share" | "average_per_day" | "average_per_month";

export interface Filter {
  dimension: CostDimension;
  tagKey?: string;
  values: string[];
  exclude: boolean;
  /** The person's words for it. */
  words: string;
  /** When several names were joined into one filter: each of them, as they were said. */
  parts?: { words: string; values: string[] }[];
}

export interface Grouping {
  dimension: CostDimension;
  tagKey?: string;
}

/** A word that names nothing here, with the names most like it. */
export interface UnknownName {
  words: string;
  /** Said of what, when the person said it: "team", "region". */
  dimension?: string;
  nearest: string[];
  /** When it is a known service of a cloud that the data does not have, e.g. "AWS Lambda". */
  knownAs?: string;
  /** It was to be left out. */
  exclude?: boolean;
}

/** A word that names several things. */
export interface AmbiguousName {
  words: string;
  options: Filter[];
}

export interface ResourceQuery {
  /** Azure type, lower case, e.g. microsoft.compute/virtualmachines. */
  type?: string;
  /** How people call it, plural: "virtual machines". */
  noun: string;
  status?: string;
  text?: string;
  wantsCount: boolean;
  /** What they cost together is asked for as well. */
  wantsCost?: boolean;
  /** By what they are counted: "how many VMs per region". */
  countBy?: Grouping | { dimension: "type" | "status" };
  /** Only those without this tag; "*": without any. */
  missingTag?: string;
  /** Only those made longer ago. */
  olderThanDays?: number;
  /** Only disks and snapshots larger than this. */
  minimumGib?: number;
  /** What comes first; otherwise the dearest. */
  orderBy?: "age" | "size";
}

/** A question as understood. Whatever the person left open is undefined. */
export interface Question {
  text: string;
  intent: Intent;
  periods: FoundPeriod[];
  ambiguousPeriod?: { words: string; options: { start: string; end: string }[] };
  unsupportedPeriod?: { words: string; reason: string };
  groupBy?: Grouping;
  /** "by subscription and region": the second. */
  alsoBy?: Grouping;
  filters: Filter[];
  unknownNames: UnknownName[];
  ambiguousNames: AmbiguousName[];
  costKind?: CostKind;
  top?: number;
  /** "least" turns the order round. */
  order: "most" | "least";
  granularity?: "daily" | "weekly" | "monthly";
  measure: Measure;
  /** Only rows (or days) over or under an amount; `orEqual` lets the amount itself in. */
  threshold?: { over: boolean; orEqual: boolean; amount: string };
  /** "how many regions": the number of groups is asked for. */
  wantsCount?: boolean;
  /** "the second most expensive": 2. */
  rank?: number;
  /** "which services make up 80 %": 80. */
  coverage?: number;
  /** "which is cheaper, A or B": the values of one filter against each other. */
  versus?: boolean;
  /** Words that ask for what the data does not hold ("per user"): said beside the answer. */
  notHeld?: string;
  /** Words that tell which resources are meant and that the answer cannot take into account. */
  unread?: string[];
  resources?: ResourceQuery;
  recommendationTypes?: RecommendationType[];
  /** What was measured of one resource. */
  metrics?: MetricsQuery;
  /** "grew the most", "new services": what a comparison should lead with. */
  change?: "increases" | "decreases" | "new" | "gone";
  /** For change, forecast and not_built: what was asked for, as the end of a sentence. */
  asked?: string;
  /** "billed vs effective": each asked for. */
  costKinds?: CostKind[];
  /** "most expensive SQL databases": of a resource type that the inventory knows. */
  dearestOfType?: boolean;
  /** "dearest database per team": of each value the dearest of a type. */
  dearestOfEach?: boolean;
  /** "by tag" without saying which. */
  needsTag?: boolean;
  /** "what tags do we have". */
  wantsTags?: boolean;
  /** Values spelled otherwise that are not counted. */
  alsoSpelled: string[];
  /** "is X still our largest service": what is said to lead. */
  claimedLeader?: Filter;
  /** How the question is put. */
  form?: {
    /** It wants a yes or a no. */
    yesNo?: boolean;
    /** What it supposes of the first thing named. */
    claims?: "more" | "less";
    /** "fastest": changes weighed by percent. */
    byPercent?: boolean;
    /** The dearest and the cheapest are both asked for. */
    bothEnds?: boolean;
    /** The dearest, and how it changed. */
    leaderChange?: boolean;
    /** By how much the dearest leads the next. */
    gap?: boolean;
    /** "more than 15 % of": a share that is weighed. */
    shareOver?: { over: boolean; percent: string };
    /** What to begin with. */
    whatFirst?: boolean;
  };
  /** The day, week or month that stands out. */
  extreme?: { granularity: "daily" | "weekly" | "monthly"; order: "most" | "least" };
  /** Days told apart by their place in the week: working days and weekends, or each of the seven. */
  weekdays?: "ends" | "each";
  /** "how much of the increase is due to X": the part that X is of a change. */
  dueTo?: Filter;
  /** A currency that was asked for by name. */
  currency?: { words: string; code: string };
  /** Sentences that belong beside the answer: what of the words it takes into account otherwise than they say. */
  notes?: string[];
  /** How typing errors were read: "bandwith" as "Bandwidth". */
  readAs: { words: string; name: string }[];
}
