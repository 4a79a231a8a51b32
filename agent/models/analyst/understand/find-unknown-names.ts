import type { UnknownName } from "../question.ts";
import { commonWords } from "./common-words.ts";
import { isKind, kindBeside } from "./kind-beside.ts";
import type { Names } from "./names.ts";
import type { TextMask } from "./text-mask.ts";

const namePositions: readonly RegExp[] = [
  // "on lambda", "for team marketing", "in project x"
  /\b(?:on|for|of|in|from|by|at|to|with|under|within|across|using|against)\s+(?:the |our |my |all |any )*(?:(team|tag|project|region|service|subscription|account|resource group|rg|department|app|owner|customer)\s+)?["'`“]?([A-Za-z][\w.&/-]*(?:\s+[A-Za-z][\w.&/-]*)?)/gi,
  // "how much did marketing spend", "does finance use"
  /\b(?:did|does|do|has|have|is|was|will)\s+(?:the |our |my |team )*(?:()([A-Za-z][\w.&/-]*(?:\s+[A-Za-z][\w.&/-]*)?))\s+(?:team\s+)?(?:spend|spent|cost|costing|use|used|pay|paid|consume|burn|spending)/gi,
  // "marketing spend", "the marketing team", "netflix costs"
  /(?:^|\s)()["'`“]?([A-Za-z][\w.&/-]*)["'`”]?\s+(?:costs?|spend|spending|bills?|usage|charges?|expenses?|team|department|subscription|account|region)\b/gi,
  /\b(team|tag|project|region|service|subscription|resource group|department|owner|customer)\s+["'`“]?([A-Za-z][\w.&/-]*)/gi,
];

/** Words that stand where a name stands and name nothing known. */
export function findUnknown(mask: TextMask, names: Names): UnknownName[] {
  const unknown = new Map<string, UnknownName>();
  const rest = withMarks(mask);
  for (const pattern of namePositions) {
    for (const match of rest.matchAll(pattern)) {
      const words = trimCommon(match[2]!);
      if (!words || unknown.has(words.toLowerCase())) continue;
      if ([...unknown.values()].some((known) => known.words.toLowerCase().includes(words.toLowerCase())))
        continue;
      const start = match.index + match[0].lastIndexOf(words);
      if (isVerb(rest, start, start + words.length)) continue;
      const kind = kindBeside(mask.text, start, start + words.length, names);
      const dimension = match[1] || (kind && (kind.tagKey ?? kind.dimension.replaceAll("_", " ")));
      const near = names.nearest(words);
      const known = kind ? names.entries.filter((entry) => isKind(entry, kind)).slice(0, 5) : [];
      const nearest = near.length > 0 ? near : known.map(({ label }) => label);
      unknown.set(words.toLowerCase(), { words, dimension, nearest });
    }
  }
  return [...unknown.values()];
}

/** "to archive the disks", "to migrate ·": what has an object after it is something to do. */
function isVerb(rest: string, start: number, end: number): boolean {
  return (
    /\bto\s+$/i.test(rest.slice(0, start)) &&
    /^\s+(?:·|(?:the|an?|our|my|this|that|these|those|it|them|all|any|every|some)\b)/i.test(rest.slice(end))
  );
}

/** What is left, with a mark where something was understood: "of Virtual Machines sits" has no name "sits". */
function withMarks({ text, rest }: TextMask): string {
  return [...rest].map((letter, at) => (letter === " " && text[at] !== " " ? "·" : letter)).join("");
}

function trimCommon(words: string): string {
  const kept = words.split(/\s+/).filter((word) => !isCommon(word));
  return kept.join(" ");
}

function isCommon(word: string): boolean {
  const plain = word
    .toLowerCase()
    .replace(/[’']s?$/, "")
    .replace(/[^\w-]+$/, "");
  // "isn't" is cut at its apostrophe; the list has "isnt".
  if (plain.endsWith("n") && commonWords.has(`${plain}t`)) return true;
  return commonWords.has(plain) || commonWords.has(plain.replace(/s$/, "")) || plain.length < 2;
}
