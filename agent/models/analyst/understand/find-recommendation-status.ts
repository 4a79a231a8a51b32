import type { Recommendation } from "@cloudoptima/tools/recommendations/recommendation-output.ts";

type Status = Exclude<Recommendation["status"], "open">;

const states: readonly [RegExp, Status][] = [
  [/\b(?:dismiss\w*|reject\w*|declin\w*|turned down)\b/i, "dismissed"],
  [/\b(?:in progress|being worked on|under ?way|started)\b/i, "in_progress"],
  [/\b(?:implement\w*|carried out|acted on|followed|completed|done|fixed)\b/i, "implemented"],
  [/\b(?:expired|lapsed|(?:gone|went|resolved|solved) (?:away|by (?:itself|themselves)))\b/i, "expired"],
];

/** "which recommendations did we dismiss": those of a status other than open. */
export function findRecommendationStatus(text: string): Status | undefined {
  if (!/\brecommendations?\b/i.test(text)) return undefined;
  // "those that can be implemented" are open.
  if (/\b(?:can|could|should|to|not|n['’]t|never|yet)\b.*\b(?:implement|do|dismiss|fix)/i.test(text))
    return undefined;
  return states.find(([pattern]) => pattern.test(text))?.[1];
}
