import type { CheckExplanation } from "@cloudoptima/tools/assessment/explain-check.tool.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { answerDiskAccounts, diskAccountQuestion } from "./disk-accounts.ts";
import { quotable } from "./quotable.ts";
import { formula, join, next, ref, sayError, word } from "./write.ts";

/** "do we have unmanaged disks", "any VHDs left": disks that are page blobs of a storage account. */
const named =
  /\b(?:un-?managed|non-?managed|not managed) (?:\w+ )?dis[ck]s?\b|\b(?:vhds?|page blobs?)\b|\bunleased\b|\bdis[ck]s?\b.*\bleas(?:e|es|ed)\b|\bleas(?:e|es|ed)\b.*\bdis[ck]s?\b/i;
export const unmanagedDiskQuestion = {
  test: (text: string): boolean => named.test(text) || diskAccountQuestion.test(text),
};

/** Are all disks of the machine managed disks? */
const check = "REL-VM-02";
const LINES = 5;
const suggestion = next("Which disks are unattached");

type Row = RecommendationList["rows"][number] & { index: number };

/** Which there are, who uses them, which were left behind and what they may cost; and whose could not be listed. */
export function answerUnmanagedDisks(thinking: Thinking): Thought {
  const { question, results } = thinking;
  // Of one account: what it holds.
  const isOfOne = question.filters.some(({ dimension, exclude }) => dimension === "resource" && !exclude);
  if (isOfOne || diskAccountQuestion.test(question.text)) return answerDiskAccounts(thinking);
  if (results.length === 0) {
    return {
      calls: [
        { name: "search_resources", input: { type: "unmanaged disks", countBy: "status", limit: 1 } },
        {
          name: "list_recommendations",
          input: {
            type: "unattached_disk",
            resourceType: "unmanaged disks",
            order: "savings",
            limit: 50,
          },
        },
        { name: "explain_check", input: { checkId: check, limit: LINES } },
      ],
    };
  }
  const failed = results.find(({ output }) => !output);
  const [disks, recommended, checked] = results;
  if (failed || !disks || !recommended || !checked) return { say: sayError(failed ?? results[0]!) };
  const found = disks.output as unknown as ResourceSearchOutput;
  const { rows } = recommended.output as unknown as RecommendationList;
  const left = rows.map((row, index): Row => ({ ...row, index }));
  // Where some could not be listed the note says whose; else it says that there are none.
  const isShort = found.note !== null && /storage accounts/i.test(found.note);
  const unread = isShort ? `Not all could be listed: ${quotable(found.note!)}\n` : "";
  const machines = sayMachines(checked.call, checked.output as unknown as CheckExplanation);
  if (found.totalCount === 0) {
    const none = isShort
      ? "No unmanaged disk is known, but not every storage account could be looked into."
      : "**No unmanaged disks**: no storage account holds a virtual hard disk.";
    return { say: `${none}\n${machines}${unread}${suggestion}` };
  }
  const countOf = (status: string) => (found.counts ?? []).findIndex(({ key }) => key === status);
  const count = (status: string) =>
    countOf(status) < 0 ? "none" : ref(disks.call, `/counts/${countOf(status)}/count`);
  const headline = `**${ref(disks.call, "/totalCount")} unmanaged disk${found.totalCount === 1 ? "" : "s"}** in storage accounts: ${count("leased")} leased, so in use, and ${count("unleased")} not.\n`;
  return {
    say: `${headline}${machines}${unread}${sayLeft(recommended.call, left)}${suggestion}`,
  };
}

function sayLeft(at: number, left: readonly Row[]): string {
  if (left.length === 0) {
    return "None of them looks left behind: those that nobody leases were written lately, are small, or something names or keeps them.\n";
  }
  // Not the sum of the savings: only the savings plan tells what can be saved together.
  const count = formula(
    "count",
    left.map(({ index }) => `${at}:/rows/${index}/confidenceRatio`),
  );
  const isOne = left.length === 1;
  const basis = left.some(({ monthlySavings }) => monthlySavings !== null)
    ? ` What deleting ${isOne ? "it" : "each"} would save is an estimate by size and list price: the bill has storage accounts as a whole.`
    : "";
  const lines = left.slice(0, LINES).map((row) => `- ${sayOne(at, row)}\n`);
  const more = left.length > LINES ? "- and others, smaller ones\n" : "";
  return `**${count}** ${isOne ? "looks" : "look"} left behind: no lease, and no machine names ${isOne ? "it" : "them"}.${basis}\n${lines.join("")}${more}`;
}

function sayOne(at: number, { index, resource, evidence, monthlySavings }: Row): string {
  const fact = (name: string) => evidence.findIndex(({ label: own }) => own === name);
  const shown = (name: string) =>
    fact(name) < 0 ? "not told" : ref(at, `/rows/${index}/evidence/${fact(name)}`);
  const account = evidence[fact("Storage account")]?.value;
  const saving = monthlySavings
    ? `${ref(at, `/rows/${index}/monthlySavings`)} a month`
    : "its cost is not known";
  return `${code(resource.name)}${account ? ` in ${code(account)}` : ""}: ${shown("Size")}, last written ${shown("Days without a write")} ago, ${saving}`;
}

/** What the machines themselves say of their disks. */
function sayMachines(
  at: number,
  { passedCount, failedCount, unknownCount, failing }: CheckExplanation,
): string {
  if (passedCount + failedCount + unknownCount === 0) {
    return "Nothing tells whether a machine uses unmanaged disks: none was assessed yet.\n";
  }
  const unknown = unknownCount > 0 ? ` Of ${ref(at, "/unknownCount")} the data does not tell (unknown).` : "";
  if (failedCount === 0) {
    return `No machine uses one: all ${ref(at, "/passedCount")} virtual machines whose disks are known use managed disks.${unknown}\n`;
  }
  const more = failedCount > failing.length ? ", and others" : "";
  return `${ref(at, "/failedCount")} virtual machine${failedCount === 1 ? " runs" : "s run"} on them: ${join(failing.map(({ name }) => code(name)))}${more}.${unknown}\n`;
}

const code = (name: string) => `\`${word(name).replace(/[`{}\\]/g, "")}\``;
