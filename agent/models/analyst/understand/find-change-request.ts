import type { RecommendationType } from "@cloudoptima/tools/recommendations/recommendation-types.ts";

/** A change of the cloud as a person asks for it, with the tool that proposes it. */
export type ChangeRequest =
  | { kind: "stop" | "delete" }
  /** `rest`: the words without the tags, which must not be read as names of what is to be tagged. */
  | { kind: "tag"; tags: Record<string, string>; rest: string }
  /**
   * What a recommendation of this type advises; `to`: the size that was asked for in its place, and `rest` the words
   * without it.
   */
  | { kind: "improve"; recommendation: RecommendationType; to: string | null; rest: string }
  /** Deciding is for people. */
  | { kind: "decide" }
  /** What people say about a recommendation, which is theirs to say. */
  | { kind: "dismiss" }
  /** Something that nothing here does. */
  | { kind: "other" };

const decides = /\b(?:approve|reject|decline|confirm|execute|go ahead|implement|undo|roll ?back|revert)\b/i;
/** "suppress the recommendation for vm-1 until January" */
export const dismisses =
  /\b(?:suppress|dismiss|snooze|mute|postpone|hide|ignore|silence|reject)\b.*\b(?:recommendations?|findings?|suggestions?)\b/i;
const stops =
  /\b(?:stop|shut(?:ting)? ?down|(?:turn(?:ing)?|switch|power|shut) (?:\S+ ){0,6}?(?:off|down)|deallocate)\b/i;
const deletes = /\b(?:delete|remove|drop|clean(?: |-)?up|get rid of|purge|release|destroy|wipe|terminate)\b/i;
const tagsWords = /\b(?:re-?tag|tag|tags|label)\b/i;
const setsTo =
  /\bset\s+(?:the\s+)?(?:tag\s+)?["'`]?([\w .:-]{1,60}?)["'`]?\s+to\s+["'`]?([\w@.:/ -]{1,120}?)["'`]?\s+(?:on|for|at)\b/i;
const pairs =
  /["'`]?([A-Za-z][\w.:-]{0,60})["'`]?\s*(?:=|:(?!\/))\s*(?:"([^"]{1,200})"|'([^']{1,200})'|([^\s,;"']{1,200}))/g;

const resizes =
  /\b(?:re-?siz\w*|right-?siz\w*|down-?siz\w*|scal\w+ (?:\S+ ){0,6}down|scale|shrink|make .* smaller)\b/i;
const databases = /\b(?:databases?|dbs?|sql)\b/i;
/** In order: the first that fits is meant. */
const improvements: readonly [RegExp, RegExp, RecommendationType][] = [
  [
    /\b(?:stop|shut|turn|switch|power|deallocate|schedule)\w*\b/i,
    /\b(?:nights?|nightly|overnight|every (?:day|evening)|daily|auto(?:matic)?[- ]?shut ?down)\b/i,
    "auto_shutdown",
  ],
  [/\b(?:make|move|change|switch|convert|scale)\b/i, /\bserverless\b/i, "serverless_candidate"],
  [/\b(?:use|enable|switch|turn on|apply|set)\b/i, /\bhybrid (?:use )?benefits?\b/i, "hybrid_benefit"],
  [/\b(?:move|change|switch|convert|tier)\b/i, /\b(?:tiers?|ssd|hdd)\b/i, "storage_tier"],
  [resizes, databases, "database_rightsizing"],
  [resizes, /./, "vm_rightsizing"],
];
// Sizes as Azure writes them: Standard_D2s_v5, GP_Gen5_2, S0, P11, Basic.
const namedTime = /\bat (\d{1,2}:\d\d(?: ?utc)?)/i;
const namedTarget = /\bto (?:an? |the )?["'`]?([A-Za-z]+_[A-Za-z0-9_-]+|[SP]\d{1,2}|Basic)\b/;

/** What change the words ask for. */
export function findChangeRequest(text: string): ChangeRequest {
  if (dismisses.test(text)) return { kind: "dismiss" };
  if (decides.test(text)) return { kind: "decide" };
  const tags = findTags(text);
  if (tags) return { kind: "tag", ...tags };
  const [, , recommendation] =
    improvements.find(([verb, thing]) => verb.test(text) && thing.test(text)) ?? [];
  // "every night" makes a schedule of what would be one stop.
  if (stops.test(text) && recommendation !== "auto_shutdown") return { kind: "stop" };
  if (deletes.test(text) && !tagsWords.test(text)) return { kind: "delete" };
  if (recommendation) {
    const target = recommendation === "auto_shutdown" ? namedTime : namedTarget;
    const to = target.exec(text)?.[1] ?? null;
    return { kind: "improve", recommendation, to, rest: text.replace(target, "") };
  }
  return { kind: "other" };
}

function findTags(text: string): { tags: Record<string, string>; rest: string } | undefined {
  const [said, key, value] = setsTo.exec(text) ?? [];
  if (said && key && value) return { tags: { [key.trim()]: value.trim() }, rest: text.replace(said, " ") };
  if (!tagsWords.test(text)) return undefined;
  const found = [...text.matchAll(pairs)];
  if (found.length === 0) return undefined;
  return {
    tags: Object.fromEntries(
      found.map(([, name, double, single, bare]) => [name!, (double ?? single ?? bare)!]),
    ),
    rest: text.replace(pairs, " "),
  };
}
