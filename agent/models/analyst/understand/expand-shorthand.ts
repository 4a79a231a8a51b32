import { spelledNumbers } from "./spelled-numbers.ts";

const shorthand: readonly [RegExp, string][] = [
  [/^y(?=\s)|(?<=\s)y(?=\s+(?:is|are|did|was|were|does|do|so|the|our|has|have)\b)/gi, "why"],
  [/\b(what|how|where|who|when|why)s\b/gi, "$1 is"],
  [/\b(?:wat|wut|wht)\b/gi, "what"],
  [/\bu\b/gi, "you"],
  [/\bpl[sz]\b/gi, "please"],
  [/\babt\b/gi, "about"],
  [/\bb4\b/gi, "before"],
  [/\bbtw\b|\bfyi\b|\basap\b/gi, ""],
  [/(?<!\w)w\/o(?!\w)/gi, "without"],
  [/(?<!\w)w\/(?=\s)/gi, "with"],
  [/\bavg\.?(?!\w)/gi, "average"],
  [/\bexpens\.(?=\s|$)/gi, "expensive"],
  [/\bdisc(s?)\b/gi, "disk$1"],
  [/\bmgmt\b/gi, "management"],
  [/\bacc?ts?\b/gi, "accounts"],
  [/\bsvcs\b/gi, "services"],
  [/\bsvc\b/gi, "service"],
  [/\brsrcs?\b/gi, "resources"],
  [/\bqty of\b/gi, "number of"],
  [/\b(?:(?:that|which|what) )?(?:nobody|no ?one|no team) owns\b/gi, "without an owner tag"],
  [/\b(?:ownerless|unowned) (\w+)/gi, "$1 without an owner tag"],
  [/\banything\b(?=.* without an owner tag)/gi, "any resources"],
];

/** "y is it up", "hows oct", "w/o vms": what people type on a phone, in full words. */
export function expandShorthand(text: string): string {
  return spelledNumbers(
    shorthand
      .reduce((said, [pattern, words]) => said.replace(pattern, words), text)
      .replace(/\s+/g, " ")
      .trim(),
  );
}
