import type { ProposalCard } from "./proposal-card.ts";

const marks: Record<ProposalCard["status"]["tone"], string> = {
  waiting: "⏳",
  working: "▶",
  good: "✓",
  bad: "✕",
  over: "–",
};

const mostDecisions = 4;

/** Where a proposal stands: "▶ Running". */
export function statusLine({ status: { tone, word, detail } }: ProposalCard): string {
  return `${marks[tone]} ${word}${detail ? `: ${detail}` : ""}`;
}

/** What to weigh before deciding. */
export function proposalFacts(card: ProposalCard): [name: string, value: string][] {
  return [
    ["Saves", card.saving ?? "not priced by any recommendation"],
    ...(card.createdCost ? [["Creates", card.createdCost] as [string, string]] : []),
    ["Risk", card.risk],
    ["Undo", card.undo],
    ["Proposed by", card.proposedBy],
    ...(card.expiry ? [["Needs", `${card.approvers}, ${card.expiry}`] as [string, string]] : []),
  ];
}

/** Small lines under everything else: who decided, and what does not fit. */
export function closingLines({ decisions, complete }: ProposalCard): string[] {
  const shown = decisions.slice(0, mostDecisions);
  if (complete) return shown;
  return [...shown, "This plan is too long for a message: look at it whole in the web to approve it."];
}
