import type { CostDimension } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { nearestNames } from "@cloudoptima/tools/costs/nearest-names.ts";
import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { Filter } from "../question.ts";
import { editDistance } from "./edit-distance.ts";

/** How people say a tag's name. */
const tagSynonyms: readonly [key: RegExp, words: string][] = [
  [/^(env|environment|stage)$/i, "envs?|environments?|stages?"],
  [/^(team|squad)s?$/i, "teams?|squads?"],
  [/^(cost[-_ ]?cent(er|re))$/i, "cost[-_ ]?cent(?:er|re)s?"],
  [/^(dept|department|business[-_ ]?unit|bu)$/i, "departments?|depts?|business units?|bus"],
  [/^(app|application)(name)?$/i, "apps?|applications?"],
  [/^(owner|created[-_ ]?by)$/i, "owners?|people|persons?"],
  [/^(project)s?$/i, "projects?"],
  [/^(workload)s?$/i, "workloads?"],
  [/^(customer|client|tenant)s?$/i, "customers?|clients?|tenants?"],
];

/** The organization's own names: values of its cost dimensions and the names of its tags. */
export class Names {
  readonly entries: readonly VocabularyEntry[];
  readonly tagKeys: string[];

  constructor(entries: readonly VocabularyEntry[]) {
    this.entries = entries.filter(({ key, label }) => key !== "" && label !== "");
    const keys = [...new Set(entries.flatMap(({ tagKey }) => (tagKey ? [tagKey] : [])))];
    this.tagKeys = keys.sort((a, b) => rankOfTag(a) - rankOfTag(b));
  }

  of(dimension: CostDimension): VocabularyEntry[] {
    return this.entries.filter((entry) => entry.dimension === dimension);
  }

  /** The tag's name in its own spelling, or undefined. */
  tagKey(words: string): string | undefined {
    const plain = words.toLowerCase();
    return (
      this.tagKeys.find((key) => key.toLowerCase() === plain) ??
      this.tagKeyPattern().find(([, pattern]) => new RegExp(`^(?:${pattern})$`, "i").test(plain))?.[0]
    );
  }

  /** For each tag of the data, the words that mean it, as a pattern: own names first, the longest first. */
  tagKeyPattern(): [tagKey: string, words: string][] {
    const longestFirst = [...this.tagKeys].sort((a, b) => b.length - a.length);
    const own = longestFirst.map((key): [string, string] => [
      key,
      `${escapePattern(key).replace(/[-_ ]/g, "[-_ ]?")}s?`,
    ]);
    const synonyms = this.tagKeys.flatMap((key): [string, string][] => {
      const words = tagSynonyms.find(([pattern]) => pattern.test(key))?.[1];
      return words ? [[key, words]] : [];
    });
    return [...own, ...synonyms];
  }

  /** Tags that people group by, the likely ones first; a cloud's own bookkeeping last. */
  usualTags(limit: number): string[] {
    return this.tagKeys.slice(0, limit);
  }

  /** Entries whose label has the word among its words: "Virginia" of "US East (N. Virginia)". */
  withWord(words: string): VocabularyEntry[] {
    const wanted = words
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
    if (wanted.length === 0 || wanted.join("").length < 4) return [];
    return this.entries.filter(({ dimension, label }) => {
      if (dimension === "resource" || dimension === "tag") return false;
      const own = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return wanted.every((word) => own.includes(word));
    });
  }

  /** Resources whose name has the word among its parts: "spark" of "vm-spark-001". */
  resourcesWith(word: string): VocabularyEntry[] {
    const wanted = word.toLowerCase();
    if (wanted.length < 3 || /\s/.test(wanted)) return [];
    return this.of("resource").filter(({ label }) =>
      label
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .includes(wanted),
    );
  }

  nearest(words: string, dimension?: CostDimension): string[] {
    const pool = this.entries.filter(
      (entry) => entry.dimension !== "resource" && (!dimension || entry.dimension === dimension),
    );
    const near = nearestNames(words, [...new Set(pool.map(({ label }) => label))]);
    return near.filter((name) => isLike(words.toLowerCase(), name.toLowerCase()));
  }
}

/** A filter that keeps the entries, all of one dimension (and tag). */
export function filterOf(entries: readonly VocabularyEntry[], words: string): Filter {
  const [first] = entries;
  return {
    dimension: first!.dimension as CostDimension,
    ...(first!.tagKey ? { tagKey: first!.tagKey } : {}),
    values: [...new Set(entries.map(({ key }) => key))],
    exclude: false,
    words,
  };
}

/** Near enough to be meant: contains the word, or a word of it is a few slips away. */
function isLike(asked: string, name: string): boolean {
  const limit = Math.max(1, Math.floor(asked.length * 0.4));
  return (
    name.includes(asked) ||
    [name, ...name.split(/[^\p{L}\p{N}]+/u)].some((part) => editDistance(asked, part, limit) <= limit)
  );
}

function rankOfTag(key: string): number {
  const index = tagSynonyms.findIndex(([pattern]) => pattern.test(key));
  if (index >= 0) return index;
  return /[.:/]|^aks-|^hidden-|^ms-|^asr-/i.test(key) ? 100 : 50;
}

export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
