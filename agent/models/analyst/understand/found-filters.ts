import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { AmbiguousName, Filter, UnknownName } from "../question.ts";
import { filterOf } from "./names.ts";
import type { TextMask } from "./text-mask.ts";

/** What the names in a question were found to be. */
export interface FoundFilters {
  filters: Filter[];
  unknownNames: UnknownName[];
  ambiguousNames: AmbiguousName[];
  /** "untagged" without saying which tag. */
  wantsUntagged: boolean;
  /** "excluding untagged": what has no value of the grouping's tag is left out. */
  leavesUntagged: boolean;
  /** "credits and taxes": the breakdown by charge category. */
  wantsCharges: boolean;
  /** Kinds of charge that the total is to hold and of which there are none: "including tax". */
  lacksCharges: string[];
  readAs: { words: string; name: string }[];
  /** Values of the same meaning spelled otherwise, which are not counted. */
  alsoSpelled: string[];
}

const opening = String.raw`(?:(?<![\w-])(?:exclud(?:e[sd]?|ing)|excl\.?|without|w/o|except(?:ing)?(?: for)?|(?:is |are )?not(?: counting| including| in| from| on| at| for| tagged(?: as)?| running in)?|(?:isn|aren|wasn|weren)['’]?t(?: in| from| on| at)?|other than|apart from|aside from|besides|beyond|(?:right )?after|next to|minus|ignor(?:e|ing)|but not|(?:all|everything|anything|everyone) but|leav(?:e|ing) out|outside(?: of)?|rather than)\s+(?:(?:on|in|for|from|at|with|of)\s+)?|(?<!\w)non[- ]|(?:!=|<>)\s*)`;
const kind = String.raw`(?:(?:the|our|any|my|its|their|that of)\s+)*(?:(?:subscriptions?|regions?|services?|teams?|resource groups?|environments?|accounts?|providers?|clouds?)\s+)?`;
// "without virtual machines and storage": what stands before in the list is left out as well.
const listed = String.raw`(?:(?!(?:for|in|by|per|only|with|of|from|on|last|this|what|how|which|show|give|but)\b)[\w.&/'’-]+(?:\s(?!(?:and|or|nor|for|in|by|per|only|with|of|from|on|last|this)\b)[\w.&/'’-]+){0,3}(?:\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor|&)\s+)){0,5}`;
const excluding = new RegExp(`${opening}${kind}${listed}${kind}$`, "i");

/** "without X", "outside of X", "everything but X", "without X and Y". */
export function isExcluded(mask: TextMask, position: number): boolean {
  return excluding.test(mask.text.slice(0, position));
}

/** "incl. tax", "including the credits": it is part of what is asked for. */
export function isIncluded(mask: TextMask, position: number): boolean {
  return /\bincl(?:\.|uding|usive of|udes?|uded)?\s+(?:all |any |the |our )*$/i.test(
    mask.text.slice(0, position),
  );
}

/** Adds a filter for one meaning; several meanings are kept to be asked about. */
export function addEntries(
  entries: readonly VocabularyEntry[],
  words: string,
  exclude: boolean,
  found: FoundFilters,
): void {
  const byKind = new Map<string, VocabularyEntry[]>();
  for (const entry of entries) {
    const id = `${entry.dimension}/${entry.tagKey ?? ""}`;
    byKind.set(id, [...(byKind.get(id) ?? []), entry]);
  }
  const options = [...byKind.values()].map((group) => ({ ...filterOf(group, words), exclude }));
  // A cloud, a service or a region is meant before a tag that repeats its name.
  const clear = options.find(({ dimension }) => ["provider", "service", "region"].includes(dimension));
  if (options.length === 1 || clear) found.filters.push(clear ?? options[0]!);
  else found.ambiguousNames.push({ words, options });
}
