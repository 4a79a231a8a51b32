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
  /** "credits and taxes": the breakdown by charge category. */
  wantsCharges: boolean;
  readAs: { words: string; name: string }[];
  /** Values of the same meaning spelled otherwise, which are not counted. */
  alsoSpelled: string[];
}

const excluding =
  /(?:exclud(?:e|ing)|without|except(?: for)?|not(?: counting| including)?|other than|minus|ignor(?:e|ing)|but not|leaving out)\s+(?:the\s+|our\s+|any\s+)?(?:subscription\s+|region\s+|service\s+|team\s+|resource group\s+|environment\s+|account\s+)?$/i;

/** "without X", "excluding X". */
export function isExcluded(mask: TextMask, position: number): boolean {
  return excluding.test(mask.text.slice(0, position));
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
