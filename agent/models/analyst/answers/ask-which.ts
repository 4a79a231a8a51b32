import type { AmbiguousName, Filter } from "../question.ts";
import { groupingName } from "../understand/find-grouping.ts";
import { choices, join, word } from "./write.ts";

/** Asks which meaning of a name is meant, as markdown with the meanings to choose from. */
export function askWhich({ words, options }: AmbiguousName): string {
  if (words === "untagged") {
    if (options.length === 0)
      return "The cost data here carries no tags, so nothing can be told about untagged cost.";
    const tags = options.slice(0, 6).map(({ tagKey }) => word(tagKey));
    return `Untagged by which tag? For example ${join(tags, "or")}.${choices(...tags.map((tag) => `Cost without ${tag} tag`))}`;
  }
  const kinds = options.map((option) => `the ${optionName(option)}`);
  return `"${word(words)}" names several things here: ${join(kinds, "or")}. Which one do you mean?${choices(...options.map(optionName))}`;
}

function optionName({ dimension, tagKey }: Filter): string {
  return word(groupingName({ dimension, tagKey }));
}
