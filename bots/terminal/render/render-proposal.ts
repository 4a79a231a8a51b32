import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { toProposalCard } from "../../proposal-card.ts";
import type { Style } from "../style.ts";

/** The frozen plan as a person decides on it: everything that the other faces show, from the stored bytes alone. */
export function renderProposal(proposal: ProposalOutput, style: Style): string {
  const card = toProposalCard(proposal);
  const field = (name: string, value: string | null) =>
    value ? [`${style.dim(name.padEnd(10))} ${value}`] : [];
  return [
    `${style.bold(card.headline)}  ${style.accent(`[${card.status.word}]`)}`,
    ...(card.status.detail ? [card.status.detail] : []),
    ...field("Saves", card.saving),
    ...field("Creates", card.createdCost),
    ...field("Risk", card.risk),
    ...field("Undo", card.undo),
    ...field("Approvers", card.approvers),
    ...field("Proposed", card.proposedBy),
    ...field("Open", card.expiry),
    ...field(
      "Where",
      `${singleLine(proposal.connectionName ?? "a removed connection")}${proposal.sandbox ? " (sandbox)" : ""}`,
    ),
    ...card.effects.map((effect) => `• ${effect}`),
    ...card.resources.flatMap(({ name, id, state, evidence }) => [
      `- ${style.bold(name)}${state ? `  ${style.accent(`[${state}]`)}` : ""}`,
      `  ${style.dim(id)}`,
      ...evidence.map((fact) => `  ${fact}`),
    ]),
    ...(card.complete ? [] : ["… the list is too long for one card; see the Approvals page for all of it"]),
    ...card.decisions,
    style.dim(`id ${proposal.id}  plan ${proposal.planHash}`),
    "",
  ].join("\n");
}
