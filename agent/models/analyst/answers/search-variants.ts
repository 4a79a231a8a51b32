import type { Filter, Question } from "../question.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";

/** How the inventory is asked so that the filters hold, as it takes one value of each kind at a time. */
export interface SearchVariants {
  inputs: Record<string, string>[];
  /** each: the counts add up; left: the first less the second. */
  joins: "one" | "each" | "left";
  /** The filter that was taken apart. */
  filter?: Filter;
}

/** Undefined when one question to the inventory, or the sum or difference of a few, cannot say it. */
export function searchVariants(question: Question): SearchVariants | undefined {
  const placed = question.filters.filter(
    ({ dimension, values }) =>
      !["service", "provider", "charge_kind"].includes(dimension) && !values.includes("(untagged)"),
  );
  const awkward = placed.filter((filter) => filter.exclude || distinct(filter.values).length > 1);
  const [filter, ...others] = awkward;
  if (!filter) return { inputs: [resourceFilterInput(question)], joins: "one" };
  const values = distinct(filter.values);
  if (others.length > 0 || values.length > 4 || (filter.exclude && values.length > 1)) return undefined;
  const rest = question.filters.filter((other) => other !== filter);
  const inputOf = (value: string) =>
    resourceFilterInput({
      ...question,
      filters: [...rest, { ...filter, exclude: false, values: [value], words: value }],
    });
  if (!filter.exclude) return { inputs: values.map(inputOf), joins: "each", filter: { ...filter, values } };
  return {
    inputs: [resourceFilterInput({ ...question, filters: rest }), inputOf(values[0]!)],
    joins: "left",
    filter: { ...filter, values },
  };
}

/** A tag's value in two spellings is one value to the inventory, which reads without case. */
function distinct(values: readonly string[]): string[] {
  return [...new Map(values.map((value) => [value.toLowerCase(), value])).values()];
}
