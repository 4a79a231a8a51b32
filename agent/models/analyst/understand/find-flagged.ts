import type { Question } from "../question.ts";

const finding = String.raw`(?:flag\w*|recommend\w*|suggest\w*|advis\w*|mark(?:ed)?|report(?:ed)?|idle|over-?sized|under-?(?:used|utili[sz]ed)|unattached|unused|orphan\w*|waste|wasteful)`;
const act = String.raw`(?:stop|delete|remove|resize|right-?size|down-?size|shut ?down|switch\w* off|turn\w* off|release|reserve|deallocate|downgrade|move|act on)`;

/** Whether the reasons of a recommendation are asked for. */
export const whyRecommended = new RegExp(
  [
    String.raw`\b(?:why|how come)\b(?!.*\b(?:excluded|left out|not counted)\b).*\b${finding}\b`,
    String.raw`\bwhy\b.*\bshould (?:we|i|it|this|that|[\w-]+ be)\b.*\b${act}`,
    String.raw`\b(?:evidence|proof|reasons?|arguments?)\b.*\b(?:for|of|behind|against|that)\b.*\b(?:${finding}|${act})`,
    String.raw`\bexplain\b.*\b(?:recommendations?|finding|flag)\b`,
    String.raw`\bhow (?:sure|confident|certain)\b.*\b(?:${finding}|${act}|saving|reservations?\b|reserved\b)`,
  ].join("|"),
  "i",
);

// "right-size" and "low-risk" are no names.
const everyday =
  /^(?:over|under|right|down|low|high|medium|stand|auto|well|non|pre|re|cost|risk|on|off|pay|e)[-_]/i;

/** The name of what was flagged, as it was said: one that costs know, or else a word that looks like a name. */
export function flaggedName({ filters, text }: Question): string | undefined {
  const known = filters.find(({ dimension, exclude }) => dimension === "resource" && !exclude);
  if (known) return known.words;
  const words = text.match(/(?<![\w/-])[A-Za-z][\w.]*(?:[-_][\w.]*\w)+/g) ?? [];
  return words.find((word) => !everyday.test(word));
}
