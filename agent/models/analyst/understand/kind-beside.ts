import type { CostDimension } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { Names } from "./names.ts";

/** Words beside a name that say what kind of name it is. */
const kindWords: readonly [CostDimension, RegExp][] = [
  ["resource_group", /^(?:resource ?groups?|rgs?|group)$/i],
  ["subscription", /^(?:subscriptions?|subs?|accounts?|sub ?accounts?)$/i],
  ["region", /^(?:regions?|locations?|data ?cent(?:er|re)s?)$/i],
  ["service", /^(?:services?|products?)$/i],
  ["provider", /^(?:providers?|clouds?|vendors?)$/i],
  [
    "resource",
    /^(?:resources?|vms?|machines?|servers?|disks?|instances?|databases?|dbs?|clusters?|vaults?|workspaces?|gateways?)$/i,
  ],
];
/** What kind of name the words beside it say, and where they stand. */
export interface Kind {
  dimension: CostDimension;
  tagKey?: string;
  start: number;
  end: number;
}

const and = String.raw`\s*(?:,|&|\b(?:and|or|vs\.?|versus|than|with|to)\b)\s*(?:the\s+)?`;
const plural = String.raw`(?:resource groups|[\w-]+s)`;
const listedBefore = new RegExp(`^(?:${and}[\\w.-]+){1,4}?\\s+(${plural})\\b`, "i");
const listedAfter = new RegExp(`\\b(${plural})\\s+[\\w.-]+(?:${and}[\\w.-]+){0,3}?${and}$`, "i");

/** The word before or after a name that says its kind: "team mobile", "the prod subscription". */
export function kindBeside(text: string, start: number, end: number, names: Names): Kind | undefined {
  const before = /([\w-]+(?: groups?)?)\s+(?:named |called |tag |is )?["'`]?$/i.exec(text.slice(0, start));
  const after = /^["'`]?\s+([\w-]+(?: groups?)?)/i.exec(text.slice(end));
  const read = (words: string | undefined, from: number): Kind | undefined => {
    if (!words) return undefined;
    for (const candidate of [words, words.split(" ")[0]!]) {
      const tagKey = names.tagKey(candidate);
      const span = { start: from, end: from + candidate.length };
      if (tagKey) return { dimension: "tag", tagKey, ...span };
      const dimension = kindWords.find(([, pattern]) => pattern.test(candidate))?.[0];
      if (dimension) return { dimension, ...span };
    }
    return undefined;
  };
  // "the production and development subscriptions": the kind stands once, in the plural, after the last.
  const later = listedBefore.exec(text.slice(end));
  const earlier = listedAfter.exec(text.slice(0, start));
  return (
    read(after?.[1], after ? end + after[0].length - after[1]!.length : 0) ??
    read(before?.[1], before ? start - before[0].length : 0) ??
    read(later?.[1], later ? end + later[0].length - later[1]!.length : 0) ??
    read(earlier?.[1], earlier ? earlier.index : 0)
  );
}

export function isKind(entry: VocabularyEntry, kind: Kind | undefined): boolean {
  if (!kind || kind.dimension !== entry.dimension) return false;
  return kind.dimension !== "tag" || kind.tagKey?.toLowerCase() === entry.tagKey?.toLowerCase();
}
