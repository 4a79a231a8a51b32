import type { Question } from "../question.ts";

/** The person's filters as the inventory's tools take them: one value of each kind. */
export function resourceFilterInput(question: Question): Record<string, string> {
  const input: Record<string, string> = {};
  for (const { dimension, tagKey, values, exclude, words } of question.filters) {
    const [value] = values;
    if (exclude || value === undefined) continue;
    if (dimension === "region") input.region = value;
    if (dimension === "resource_group") input.resourceGroup = value;
    if (dimension === "subscription") input.subscription = value.split("/").at(-1) ?? value;
    if (dimension === "resource") input.text = words;
    if (dimension === "tag" && tagKey && value !== "(untagged)") {
      input.tagKey = tagKey;
      input.tagValue = value;
    }
  }
  return input;
}

/** " in rg-dev, West Europe" from the same filters. */
export function placeWords(question: Question): string[] {
  return question.filters
    .filter(
      ({ dimension, exclude, values }) =>
        !exclude &&
        !values.includes("(untagged)") &&
        !["service", "provider", "resource"].includes(dimension),
    )
    .map(({ words }) => words);
}
