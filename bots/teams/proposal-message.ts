import { writePayload } from "../approvals.ts";
import type { ProposalCard } from "../proposal-card.ts";
import { closingLines, proposalFacts, statusLine } from "../proposal-lines.ts";
import { bullet, type CardElement, paragraph, subtleLine, textRun } from "./adaptive-text.ts";
import { type AdaptiveCard, adaptiveCard, type TeamsMessage } from "./teams-message.ts";

/** What a pressed button, or a card that is looked at again, asks for. */
export const proposalVerbs = ["approve", "reject", "refresh"] as const;
export type ProposalVerb = (typeof proposalVerbs)[number];

export const longestReason = 500;

/** A proposal as a message with its card. */
export function toProposalMessage(card: ProposalCard, webAddress: string | null): TeamsMessage {
  return {
    card: toProposalAdaptiveCard(card, webAddress),
    summary: `${card.headline}. ${card.status.word}.`,
  };
}

/** A proposal as an Adaptive Card. Only text runs: a resource's name cannot become markup. */
export function toProposalAdaptiveCard(card: ProposalCard, webAddress: string | null): AdaptiveCard {
  const body: CardElement[] = [
    paragraph([{ ...textRun(card.headline, { bold: true }), size: "Medium" }]),
    subtleLine(statusLine(card)),
    ...proposalFacts(card).map(([name, value]) =>
      bullet([textRun(`${name}: `, { bold: true }), textRun(value)]),
    ),
    ...card.resources.map(({ name, id, state, evidence }) =>
      bullet([
        textRun(name, { bold: true }),
        textRun(state ? ` (${state}) ` : " "),
        textRun(id, { code: true }),
        ...(evidence.length > 0 ? [textRun(` ${evidence.join("; ")}`)] : []),
      ]),
    ),
  ];
  if (card.effects.length > 0) {
    body.push(paragraph([textRun("What you should know", { bold: true })]));
    body.push(...card.effects.map((text) => bullet([textRun(text)])));
  }
  body.push(...closingLines(card).map(subtleLine));
  return adaptiveCard(body, {
    actions: actionsOf(card, webAddress),
    // Whoever looks at the card later sees it as it is then.
    refresh: { action: execute(card, "refresh", "Refresh") },
  });
}

function execute(
  card: ProposalCard,
  verb: ProposalVerb,
  title: string,
  more: Record<string, unknown> = {},
): CardElement {
  return { type: "Action.Execute", verb, title, data: { payload: writePayload(card) }, ...more };
}

function actionsOf(card: ProposalCard, webAddress: string | null): CardElement[] {
  const actions: CardElement[] = [];
  if (card.open && card.complete) actions.push(approveAction(card));
  if (card.open) actions.push(rejectAction(card));
  if (webAddress) {
    const url = `${webAddress}/approvals/${card.proposalId}`;
    actions.push({ type: "Action.OpenUrl", title: "Open in the web", url });
  }
  return actions;
}

/** Asks once more: a slip of the finger changes nothing. */
function approveAction(card: ProposalCard): CardElement {
  return {
    type: "Action.ShowCard",
    title: "Approve…",
    style: "positive",
    card: {
      type: "AdaptiveCard",
      body: [
        paragraph([textRun("Approve this change? ", { bold: true }), textRun(`${card.headline}.`)]),
        subtleLine(`${card.risk} risk.`),
      ],
      actions: [execute(card, "approve", "Approve", { style: "positive", associatedInputs: "none" })],
    },
  };
}

function rejectAction(card: ProposalCard): CardElement {
  return {
    type: "Action.ShowCard",
    title: "Reject…",
    card: {
      type: "AdaptiveCard",
      body: [
        {
          type: "Input.Text",
          id: "reason",
          label: "Why? The proposer and the audit log see it.",
          isMultiline: true,
          isRequired: true,
          errorMessage: "Say why, in a few words.",
          maxLength: longestReason,
        },
      ],
      actions: [execute(card, "reject", "Reject", { style: "destructive" })],
    },
  };
}
