import type { ViolationList } from "@cloudoptima/tools/policies/list-policy-violations.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { placeWords, resourceFilterInput } from "./resource-filter-input.ts";
import { join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** "which resources violate our policies", "are we compliant with the tagging policy". */
export const violationQuestion =
  /\bpolic(?:y|ies)\b.*\b(?:violat\w*|break\w*|broken|complian\w*|comply\w*|breach\w*)|\b(?:violat\w*|break\w*|broken|(?:non-?)?complian\w*|comply\w*|breach\w*)\b.*\bpolic(?:y|ies)\b/i;

/** Resources that break the organization's policies, worst first. */
export function answerViolations({ question, results }: Thinking): Thought {
  const severity = /\b(critical|high|medium|low)\b/i.exec(question.text)?.[1]?.toLowerCase();
  if (results.length === 0) {
    const { subscription } = resourceFilterInput(question);
    const input = { ...(subscription ? { subscription } : {}), ...(severity ? { severity } : {}) };
    return { calls: [{ name: "list_policy_violations", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as ViolationList;
  const at = result.call;
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  const kind = severity ? `${severity} policy violations` : "policy violations";
  if (output.totalCount === 0) {
    return {
      say: `No ${kind} were found${where}.${next("What do you recommend", "How good is our estate")}`,
    };
  }
  const policies = output.byPolicy.map(
    ({ policyName }, index) => `${word(policyName)} ${ref(at, `/byPolicy/${index}/violationCount`)}`,
  );
  const lines = output.rows
    .slice(0, question.top ?? LINES)
    .map(
      ({ resource, policyName, severity: grade, problems }) =>
        `- \`${resource.name.replace(/[`{}]/g, "'")}\` (${word(policyName)}, ${grade}): ${problems.map(word).join(" ")}\n`,
    );
  return {
    say: `**${ref(at, "/totalCount")}** ${kind}${where}: ${join(policies)}.\n${lines.join("")}${next("What do you recommend")}`,
  };
}
