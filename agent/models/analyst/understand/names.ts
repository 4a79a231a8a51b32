import type { CostDimension } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { nearestNames } from "@cloudoptima/tools/costs/nearest-names.ts";
import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { Filter } from "../question.ts";

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
    this.tagKeys = [...new Set(entries.flatMap(({ tagKey }) => (tagKey ? [tagKey] : [])))];
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

  /** For each tag of the data, the words that mean it, as a pattern. */
  tagKeyPattern(): [tagKey: string, words: string][] {
    return this.tagKeys.map((key) => {
      const own = escapePattern(key).replace(/[-_ ]/g, "[-_ ]?");
      const synonym = tagSynonyms.find(([pattern]) => pattern.test(key))?.[1];
      return [key, synonym ? `${own}s?|${synonym}` : `${own}s?`];
    });
  }

  nearest(words: string, dimension?: CostDimension): string[] {
    const pool = this.entries.filter(
      (entry) => entry.dimension !== "resource" && (!dimension || entry.dimension === dimension),
    );
    return nearestNames(words, [...new Set(pool.map(({ label }) => label))]);
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

export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
