import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { UnknownName } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import { askWhich } from "./ask-which.ts";
import { offersReadings } from "./readings.ts";
import { choices, join, word } from "./write.ts";

const aboutCosts = new Set(["cost", "trend", "compare", "explain"]);

/** What stands in the way of an answer: words with two meanings, names that nothing here has. */
export function askBack({ question, names }: Thinking): Thought | undefined {
  const { intent, ambiguousPeriod, unsupportedPeriod, unknownNames, ambiguousNames } = question;
  if (
    !aboutCosts.has(intent) &&
    intent !== "recommendations" &&
    intent !== "savings" &&
    intent !== "search"
  ) {
    return undefined;
  }
  if (ambiguousPeriod) {
    const options = ambiguousPeriod.options.map(periodInWords);
    return {
      say: `"${word(ambiguousPeriod.words)}" can mean ${join(options, "or")}. Which one do you mean?${choices(...options)}`,
    };
  }
  if (unsupportedPeriod) {
    return {
      say: `"${word(unsupportedPeriod.words)}" can't be answered: ${word(unsupportedPeriod.reason)}.${choices("What did we spend last month")}`,
    };
  }
  if (question.wantsTags && intent !== "search") {
    const tags = names.usualTags(20).map(word);
    return {
      say:
        tags.length === 0
          ? "The cost data carries no tags."
          : `The cost data carries these tags: ${join(tags)}.${choices(...tags.slice(0, 2).map((tag) => `Cost by ${tag}`))}`,
    };
  }
  if (question.needsTag && aboutCosts.has(intent)) {
    const tags = names.usualTags(6).map(word);
    return {
      say:
        tags.length === 0
          ? "The cost data carries no tags."
          : `By which tag? There are ${join(tags)}.${choices(...tags.slice(0, 3).map((tag) => `Cost by ${tag}`))}`,
    };
  }
  if (offersReadings(question)) return undefined;
  if (ambiguousNames.length > 0 && (aboutCosts.has(intent) || intent === "recommendations"))
    return { say: askWhich(ambiguousNames[0]!) };
  const strange = aboutCosts.has(intent) ? unknownNames : strangePlaces(question);
  if (strange.length > 0 && names.entries.length > 0) {
    return {
      say: sayUnknown(
        strange,
        names.of("provider").map(({ label }) => label),
        names.tagKeys,
      ),
    };
  }
  return undefined;
}

/** Names of places and owners that a search can't leave out in silence; what "find …" names is looked for instead. */
function strangePlaces({ intent, text, unknownNames }: Thinking["question"]): UnknownName[] {
  const looksFor = /\b(?:find|where|search|locate|look up|look for|named|called)\b/i.test(text);
  if (intent !== "search" || looksFor) return [];
  return unknownNames.filter(({ knownAs, dimension }) => !knownAs || dimension === "provider");
}

function sayUnknown(
  unknown: readonly UnknownName[],
  providers: readonly string[],
  tagKeys: readonly string[],
): string {
  const lines = unknown.map(({ words, dimension, nearest, knownAs, exclude }) => {
    if (exclude)
      return `"${word(words)}" can't be left out: no service of the cost data is called so, and what it costs is part of others.`;
    const what =
      dimension && dimension !== "service" && dimension !== "charge"
        ? `${dimension} named`
        : knownAs
          ? ""
          : "service, region, team or other name";
    const near = nearest.filter((name) => name !== knownAs).map((name) => `*${word(name)}*`);
    if (knownAs) {
      const clouds =
        providers.length > 0 && dimension !== "charge"
          ? ` The cost data here is of ${join(providers.map(word))}.`
          : "";
      return `There is no ${word(knownAs)} in the cost data.${clouds}${near.length > 0 ? ` Nearest: ${near.join(", ")}.` : ""}`;
    }
    return `There is no ${what} "${word(words)}" in the cost data.${near.length > 0 ? ` Nearest: ${near.join(", ")}.` : ""}`;
  });
  const first = unknown.flatMap(({ nearest }) => nearest)[0];
  return `${lines.join("\n")}\n${choices(
    first && `What did we spend on ${word(first)}`,
    "What did we spend by service",
    tagKeys[0] && `What did we spend by ${word(tagKeys[0])}`,
  )}`;
}
