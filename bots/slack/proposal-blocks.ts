import type { types } from "@slack/bolt";
import { writePayload } from "../approvals.ts";
import type { ProposalCard } from "../proposal-card.ts";
import { closingLines, proposalFacts, statusLine } from "../proposal-lines.ts";
import type { SlackMessage } from "./answer-blocks.ts";
import { escapeMrkdwn } from "./escape-mrkdwn.ts";
import { bullets, contextLine, richText, section, textElement } from "./rich-text.ts";

export const approveAction = "proposal_approve";
export const rejectAction = "proposal_reject";
export const openAction = "proposal_open";

const resourcesPerBlock = 10;

/** A proposal as Block Kit. Only rich text and plain text: a resource's name cannot become markup. */
export function toProposalMessage(card: ProposalCard, webAddress: string | null): SlackMessage {
  const blocks: types.KnownBlock[] = [
    richText(section(textElement(card.headline, { bold: true }))),
    contextLine(statusLine(card)),
    richText(
      bullets(
        proposalFacts(card).map(([name, value]) => [
          textElement(`${name}: `, { bold: true }),
          textElement(value),
        ]),
      ),
    ),
    ...resourceBlocks(card),
  ];
  if (card.effects.length > 0) {
    blocks.push(
      richText(
        section(textElement("What you should know", { bold: true })),
        bullets(card.effects.map((text) => [textElement(text)])),
      ),
    );
  }
  blocks.push(...closingLines(card).map(contextLine));
  const buttons = buttonsOf(card, webAddress);
  if (buttons.length > 0) blocks.push({ type: "actions", elements: buttons });
  return { blocks, text: escapeMrkdwn(`${card.headline}. ${card.status.word}.`) };
}

function resourceBlocks({ resources }: ProposalCard): types.KnownBlock[] {
  const lines = resources.map(({ name, id, state, evidence }) => [
    textElement(name, { bold: true }),
    textElement(state ? ` (${state}) ` : " "),
    textElement(id, { code: true }),
    ...(evidence.length > 0 ? [textElement(` ${evidence.join("; ")}`)] : []),
  ]);
  return Array.from({ length: Math.ceil(lines.length / resourcesPerBlock) }, (_, index) =>
    richText(bullets(lines.slice(index * resourcesPerBlock, (index + 1) * resourcesPerBlock))),
  );
}

function buttonsOf(card: ProposalCard, webAddress: string | null): types.Button[] {
  const value = writePayload(card);
  const label = (text: string) => ({ type: "plain_text" as const, text });
  const buttons: types.Button[] = [];
  if (card.open && card.complete) {
    buttons.push({
      type: "button",
      action_id: approveAction,
      style: "primary",
      text: label("Approve"),
      value,
      confirm: {
        title: label("Approve this change?"),
        text: label(`${card.headline}. ${card.risk} risk.`.slice(0, 300)),
        confirm: label("Approve"),
        deny: label("Not now"),
      },
    });
  }
  if (card.open) {
    buttons.push({ type: "button", action_id: rejectAction, text: label("Reject…"), value });
  }
  if (webAddress) {
    const url = `${webAddress}/approvals/${card.proposalId}`;
    buttons.push({ type: "button", action_id: openAction, text: label("Open in the web"), url });
  }
  return buttons;
}
