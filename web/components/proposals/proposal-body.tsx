"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { isOpen } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import { useId } from "react";
import { AfterRun } from "./after-run.tsx";
import { type Asking, DecisionBar } from "./decision-bar.tsx";
import { DryRun } from "./dry-run.tsx";
import { ExactPlan } from "./exact-plan.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PlanJournal } from "./plan-journal.tsx";
import { PlanResources } from "./plan-resources.tsx";
import { type Proposal, splitEffects } from "./proposal-words.ts";
import { StatusMark } from "./status-mark.tsx";
import { useMayDecide } from "./use-may-decide.ts";

/**
 * A proposal as its stored plan says, and what may be done about it. Nothing here was written by a model; names
 * from the cloud are shown as single-line text beside their full ids.
 */
export function ProposalBody({
  proposal,
  asking,
  onAsk,
  onOpen,
}: {
  proposal: Proposal;
  asking: Asking;
  onAsk(asking: Asking): void;
  /** Shows another proposal, where there is a place for it. */
  onOpen?: (id: string) => void;
}) {
  const titleId = useId();
  const { plan, connectionName, sandbox, status, statusReason } = proposal;
  const allowed = useMayDecide(proposal);
  const { shared, own } = splitEffects(plan.items);
  return (
    <section aria-labelledby={titleId}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 pt-3">
        <div className="min-w-0">
          <h3 id={titleId} className="break-words font-semibold text-base">
            {visibleLine(plan.headline)}
          </h3>
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
            <span className="break-all">{visibleLine(connectionName ?? "a connection that is gone")}</span>
            {sandbox && (
              <span className="rounded-sm bg-hover px-1.5 text-[11px] leading-[18px]">sandbox</span>
            )}
          </p>
        </div>
        <p role="status">
          <StatusMark status={status} />
        </p>
      </header>
      {/* Why somebody rejected it stands beside their name. */}
      {statusReason && status !== "rejected" && (
        <p className="break-words px-4 pt-2 text-sm">{visibleLine(statusReason)}</p>
      )}
      <PlanFacts proposal={proposal} />
      <div className="border-t">
        <PlanResources proposal={proposal} own={own} />
      </div>
      {shared.length > 0 && (
        <div className="border-t px-4 py-2.5">
          <h4 className="font-medium text-sm">
            {plan.items.length > 1 ? "What to know, for each of them" : "What to know"}
          </h4>
          <ul className="mt-1 list-disc space-y-0.5 pl-4 text-muted text-sm marker:text-faint">
            {shared.map((effect) => (
              <li key={effect} className="break-words">
                {effect}
              </li>
            ))}
          </ul>
        </div>
      )}
      {isOpen(status) && <DryRun proposal={proposal} />}
      <PlanJournal proposal={proposal} />
      <ExactPlan proposal={proposal} />
      {isOpen(status) ? (
        <DecisionBar proposal={proposal} allowed={allowed} asking={asking} onAsk={onAsk} />
      ) : (
        <AfterRun proposal={proposal} allowed={allowed} onOpen={onOpen} />
      )}
    </section>
  );
}
