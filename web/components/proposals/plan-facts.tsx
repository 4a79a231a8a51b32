import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { isOpen } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import type { ReactNode } from "react";
import { moment } from "../access/moment.ts";
import { moneyText, type Proposal, personThrough, timeLeft, undoText } from "./proposal-words.ts";
import { RiskMark } from "./risk-mark.tsx";

/** What the plan gains, costs and risks, who asked for it, and who decided. */
export function PlanFacts({ proposal }: { proposal: Proposal }) {
  const { plan, approvals, direction } = proposal;
  const created = moneyText(plan.createdMonthlyCost);
  const facts: [string, ReactNode][] = [];
  if (direction === "apply") facts.push(["Saves", <Saving key="saving" proposal={proposal} />]);
  if (created) facts.push(["Creates", `${created} a month, at list price`]);
  facts.push(["Risk", <RiskMark key="risk" risk={plan.risk} />]);
  facts.push(["Undo", undoText(proposal)]);
  facts.push(["Proposed by", personThrough(proposal.proposedBy.name, proposal.proposedThrough)]);
  facts.push(["Approvals", `${proposal.approvalCount} of ${proposal.requiredApprovers}`]);
  if (isOpen(proposal.status)) {
    facts.push(["Expires", `${moment(proposal.expiresAt)} (${timeLeft(proposal.expiresAt, Date.now())})`]);
  }
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-4 py-3 text-sm tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {approvals.length > 0 && (
        <ul aria-label="Decisions" className="space-y-0.5 px-4 pb-3 text-muted text-sm">
          {approvals.map(({ user, decision, reason, through, decidedAt }) => (
            <li key={user.id} className="break-words">
              {decision === "approve" ? "Approved" : "Rejected"} by {personThrough(user.name, through)},{" "}
              {moment(decidedAt)}
              {reason && `: “${visibleLine(reason)}”`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Saving({ proposal: { plan } }: { proposal: Proposal }) {
  const saving = moneyText(plan.monthlySavings);
  if (!saving) return <span className="text-muted">not priced: no recommendation covers it</span>;
  return (
    <>
      <span className="font-semibold">{saving}</span> a month, at your rates
    </>
  );
}
