import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { ProposalResult } from "@cloudoptima/tools/remediation/propose-all.ts";

/** What an assistant tells of a proposal: what it would do, what was left out, and where a person decides. */
export function proposedText(output: Record<string, unknown>, address: string | null): string {
  const { proposals, leftOut, next } = ProposalResult.parse(output);
  return [
    ...proposals.flatMap(proposalLines),
    ...leftOut.map(({ resourceId, reason }) => `Left out: ${singleLine(resourceId)}: ${singleLine(reason)}`),
    ...(address && proposals.length > 0
      ? [
          "Nothing changes until a person approves it here:",
          ...proposals.map(({ id }) => `${address}/approvals/${id}`),
        ]
      : [next]),
  ].join("\n");
}

function proposalLines(proposal: ProposalResult["proposals"][number]): string[] {
  const { monthlySavings, createdMonthlyCost, requiredApprovers, resourceNames } = proposal;
  const money = (amounts: typeof monthlySavings) =>
    amounts.map(({ value, currency }) => `${value} ${currency}`).join(", ");
  return [
    `${singleLine(proposal.headline)}${proposal.merged ? " (was proposed before and still waits)" : ""}`,
    `  proposal ${proposal.id}`,
    `  resources: ${resourceNames.map(singleLine).join(", ")}`,
    ...(monthlySavings.length > 0 ? [`  saves a month: ${money(monthlySavings)}`] : []),
    ...(createdMonthlyCost.length > 0 ? [`  costs a month: ${money(createdMonthlyCost)}`] : []),
    `  risk ${proposal.risk}, needs ${requiredApprovers === 1 ? "1 approval" : `${requiredApprovers} approvals`}`,
    ...proposal.effects.map((effect) => `  ${singleLine(effect)}`),
    proposal.undo ? `  Undo: ${singleLine(proposal.undo)}` : "  It cannot be undone.",
  ];
}
