import type { Filter } from "../question.ts";

const partOfIt =
  /\b(?:how much|what (?:share|part|portion|percentage|fraction|proportion)|how big a (?:part|share))\b.*\b(?:increas\w*|decreas\w*|ris(?:e|es)|drops?|growth|changes?|falls?|jumps?|differences?|deltas?|extra)\b/i;
const cause =
  /\b(?:due to|because of|caused by|driven by|explained by|attribut\w+ to|thanks to|down to|owing to|from|on account of|comes? from|came from|is|was|did)\b/i;

/** "how much of the increase is due to bandwidth": the filter that is a part of the change, not its scope. */
export function findDueTo(text: string, filters: readonly Filter[]): Filter | undefined {
  if (!partOfIt.test(text) || !/\bof\b/i.test(text) || !cause.test(text)) return undefined;
  const kept = filters.filter(({ exclude }) => !exclude);
  // The last name said stands after the cause; others before it are the scope.
  return kept.sort((a, b) => placeOf(text, b) - placeOf(text, a))[0];
}

function placeOf(text: string, { words }: Filter): number {
  return text.toLowerCase().lastIndexOf(words.split(", ").at(-1)!.toLowerCase());
}
