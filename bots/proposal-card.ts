import { moneyWords } from "@cloudoptima/tools/kernel/format-value.ts";
import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import { throughWords } from "@cloudoptima/tools/kernel/through-words.ts";
import { isOpen } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { itemWords, statusWords } from "@cloudoptima/tools/remediation/status-words.ts";

type Status = ProposalOutput["status"];

/** What a card about a proposal says, on every platform. All texts are plain, single-line and safe to show. */
export interface ProposalCard {
  proposalId: string;
  planHash: string;
  headline: string;
  status: { word: string; tone: "waiting" | "working" | "good" | "bad" | "over"; detail: string | null };
  resources: { name: string; id: string; state: string | null; evidence: string[] }[];
  /** What a person should know before approving. */
  effects: string[];
  /** Null: no recommendation prices it. */
  saving: string | null;
  createdCost: string | null;
  risk: string;
  undo: string;
  /** "until 14 Oct 2026, 09:00 UTC"; null once it is decided. */
  expiry: string | null;
  approvers: string;
  decisions: string[];
  proposedBy: string;
  /** It waits for a decision, so the card has its buttons. */
  open: boolean;
  /** Every resource and effect fits on the card; a plan that does not is approved in the web, where all is seen. */
  complete: boolean;
}

const mostCharacters = 9_000;
const longestId = 500;
const longestHeadline = 200;
const longestEffect = 300;
/** The leading facts: all of them stand in the web. */
const factsShown = 2;

/** The card of a proposal, drawn from its stored plan and from nothing a model wrote. */
export function toProposalCard(proposal: ProposalOutput): ProposalCard {
  const { plan } = proposal;
  const open = isOpen(proposal.status);
  const told = [...new Set(plan.items.flatMap((item) => item.effects))];
  const effects = told.map((text) => safeName(text, longestEffect));
  const all = proposal.items.map((item) => ({
    name: safeName(item.resourceName),
    id: safeName(item.resourceId, longestId),
    state: itemState(item.status, item.reason),
    evidence: (plan.items[item.position]?.evidence ?? [])
      .slice(0, factsShown)
      .map((fact) => safeName(fact, 200)),
  }));
  const resources = fitting(all, mostCharacters - effects.join("").length);
  return {
    proposalId: proposal.id,
    planHash: proposal.planHash,
    headline: safeName(proposal.headline, longestHeadline),
    status: statusOf(proposal),
    resources,
    effects,
    saving: moneyList(plan.monthlySavings, (amount) => `${amount} a month at your rates`),
    createdCost: moneyList(plan.createdMonthlyCost, (amount) => `${amount} a month at list price`),
    risk: `${plan.risk[0]!.toUpperCase()}${plan.risk.slice(1)}`,
    undo: undoText(plan),
    expiry: open ? `until ${utc(proposal.expiresAt)}` : null,
    approvers:
      proposal.requiredApprovers === 1
        ? "1 approval"
        : `${proposal.approvalCount} of ${proposal.requiredApprovers} approvals, by different people`,
    decisions: proposal.approvals.map(decisionText),
    proposedBy: `${safeName(proposal.proposedBy.name)}, ${throughWords[proposal.proposedThrough] ?? safeName(proposal.proposedThrough, 40)}`,
    open,
    complete:
      resources.length === all.length &&
      isWhole(proposal.headline, longestHeadline) &&
      told.every((text) => isWhole(text, longestEffect)),
  };
}

const tones: Readonly<Record<Status, ProposalCard["status"]["tone"]>> = {
  proposed: "waiting",
  simulated: "waiting",
  approved: "working",
  rejected: "over",
  expired: "over",
  executing: "working",
  verifying: "working",
  completed: "good",
  failed: "bad",
  needs_attention: "bad",
  rolled_back: "over",
};

/** A message stands alone in a channel: what a page shows around the word has to be in it. */
const messageWords: Readonly<Record<Status, string>> = {
  ...statusWords,
  expired: "Expired: nothing was changed",
  needs_attention: "Needs a person to look",
};

function statusOf(proposal: ProposalOutput): ProposalCard["status"] {
  const word = messageWords[proposal.status];
  const tone = tones[proposal.status];
  const { statusReason, simulation } = proposal;
  if (statusReason) return { word, tone, detail: safeName(statusReason, 400) };
  if (proposal.status !== "simulated" || !simulation) return { word, tone, detail: null };
  const problems = simulation.items.flatMap((item) => item.problems);
  return {
    word,
    tone,
    detail: simulation.ok
      ? "Simulated: nothing speaks against it"
      : safeName(`Simulated: ${problems.join("; ")}`, 400),
  };
}

function itemState(status: ProposalOutput["items"][number]["status"], reason: string | null): string | null {
  if (status === "waiting") return null;
  const word = itemWords[status].toLowerCase();
  return reason ? `${word}: ${safeName(reason, 200)}` : word;
}

/** Nothing of it is cut off: the end of a long value may be what somebody has to see. */
const isWhole = (text: string, longest: number) =>
  safeName(text, longest) === safeName(text, Number.POSITIVE_INFINITY);

/** As many as fit; what is left out makes the card incomplete. */
function fitting(resources: ProposalCard["resources"], room: number): ProposalCard["resources"] {
  let used = 0;
  return resources.filter((resource) => {
    used += resource.name.length + resource.id.length + (resource.state?.length ?? 0);
    used += resource.evidence.join("").length;
    return used <= room;
  });
}

function undoText(plan: ProposalOutput["plan"]): string {
  if (plan.direction === "undo") return "This is the way back itself";
  const ways = [...new Set(plan.items.map(({ undo }) => undo))];
  if (!plan.reversible && ways.every((way) => way === null)) return "It cannot be undone";
  const known = ways.filter((way) => way !== null).map((way) => safeName(way, 300));
  return plan.reversible ? known.join(" ") : `Not fully: ${known.join(" ")}`;
}

function moneyList(
  amounts: readonly { value: string; currency: string }[],
  words: (amount: string) => string,
): string | null {
  if (amounts.length === 0) return null;
  return words(moneyWords(amounts));
}

function decisionText(approval: ProposalOutput["approvals"][number]): string {
  const word = approval.decision === "approve" ? "Approved" : "Rejected";
  const through = throughWords[approval.through] ?? safeName(approval.through, 40);
  const reason = approval.reason ? `: ${safeName(approval.reason, 300)}` : "";
  return `${word} by ${safeName(approval.user.name)} ${through}, ${utc(approval.decidedAt)}${reason}`;
}

const time = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

function utc(iso: string): string {
  return `${time.format(new Date(iso))} UTC`;
}
