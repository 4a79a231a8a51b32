import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { statusWords } from "@cloudoptima/tools/remediation/status-words.ts";
import type { Thinking, Thought } from "../thought.ts";
import { eachMoney, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

interface ListedProposals {
  totalCount: number;
  rows: {
    id: string;
    headline: string;
    status: ProposalOutput["status"];
    monthlySavings: unknown[];
    requiredApprovers: number;
    approvalCount: number;
    proposedBy: { name: string };
  }[];
}

/** Which changes wait, run, were made or failed; asked for one, the newest is opened. */
export function answerProposals({ question, results }: Thinking): Thought {
  const show = groupOf(question.text);
  const wantsOne =
    /\b(?:that|the|this|it)\b(?! (?:pending|waiting))(?:\s\w+){0,2}\s*(?:change|proposal)?\b.*\b(?:you proposed|approved|became|done|status)\b|\bwho approved\b|\bwhat became\b|\bis the proposal\b/i.test(
      question.text,
    );
  const [listed, opened] = results;
  if (!listed)
    return { calls: [{ name: "list_proposals", input: { show: wantsOne ? "all" : show, limit: 50 } }] };
  if (!listed.output) return { say: sayError(listed) };
  const { totalCount, rows } = listed.output as unknown as ListedProposals;
  const newest = rows[0];
  if (totalCount === 0 || !newest) {
    const which = {
      waiting: "No change is waiting for approval.",
      running: "No change is running.",
      attention: "No change failed or needs attention.",
      done: "No change was made yet.",
      closed: "No proposal was rejected or expired.",
      all: "No change was proposed yet.",
    };
    return {
      say: `${which[wantsOne ? "all" : show]}${next("What could we clean up", "How much could we save")}`,
    };
  }
  if (wantsOne) {
    if (!opened) return { calls: [{ name: "get_proposal", input: { id: newest.id } }] };
    if (!opened.output) return { say: sayError(opened) };
    const proposal = opened.output as unknown as ListedProposals["rows"][number];
    return {
      say: `The newest change (${actionWords(proposal.headline)}) is **${statusWords[proposal.status].toLowerCase()}**; proposed by ${word(proposal.proposedBy.name)}. Approvals so far: ${ref(opened.call, "/approvalCount")}.${next("Which changes were made")}`,
    };
  }
  const lines = rows.slice(0, LINES).map((row, index) => {
    const base = `/rows/${index}`;
    const saving = eachMoney(listed.call, `${base}/monthlySavings`, row.monthlySavings);
    return `- ${actionWords(row.headline)} (${ref(listed.call, `${base}/resourceCount`)}): ${statusWords[row.status].toLowerCase()}${saving.length > 0 ? `, ${join(saving)} a month` : ""}, proposed by ${word(row.proposedBy.name)}\n`;
  });
  const headline = {
    waiting: "waiting for approval",
    running: "running",
    attention: "failed or unclear",
    done: "made",
    closed: "rejected or expired",
    all: "proposed or made",
  }[show];
  return {
    say: `**${ref(listed.call, "/totalCount")}** ${totalCount === 1 ? "change is" : "changes are"} ${headline}.\n${lines.join("")}${next(show === "waiting" ? "Which changes were made" : "What is waiting for approval")}`,
  };
}

type Group = "waiting" | "running" | "attention" | "done" | "closed" | "all";

function groupOf(text: string): Group {
  if (/\b(?:waiting|wait|pending|approvals?|to (?:be )?approve|to decide|open proposals?)\b/i.test(text))
    return "waiting";
  if (/\b(?:fail\w*|stuck|unclear|attention|went wrong|broke)\b/i.test(text)) return "attention";
  if (/\b(?:running|executing|in progress|under way)\b/i.test(text)) return "running";
  if (/\b(?:rejected|expired|declined)\b/i.test(text)) return "closed";
  if (/\b(?:made|done|completed|executed|finished|implemented)\b/i.test(text)) return "done";
  return "all";
}

/** The headline without its count, which is a figure and told as one. */
function actionWords(headline: string): string {
  return word(headline.replace(/\b\d+ /g, ""));
}
