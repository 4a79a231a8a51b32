"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useState } from "react";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { SignInAgain } from "../access/sign-in-again.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import type { Proposal } from "./proposal-words.ts";
import { RejectForm } from "./reject-form.tsx";
import { useDecision } from "./use-decision.ts";
import type { useMayDecide } from "./use-may-decide.ts";
import { useRefreshProposals } from "./use-proposal.ts";

/** What a person is being asked: to confirm an approval, or why they reject. */
export type Asking = "approve" | "reject" | null;

export interface DecisionBarProps {
  proposal: Proposal;
  allowed: ReturnType<typeof useMayDecide>;
  asking: Asking;
  onAsk(asking: Asking): void;
}

/** Approve, reject with a reason, or try it without changing anything; or why this person cannot. */
export function DecisionBar({ proposal, allowed, asking, onAsk }: DecisionBarProps) {
  const decide = useDecision(proposal, () => onAsk(null));
  const refresh = useRefreshProposals();
  const [tried, setTried] = useState(false);
  const dryRun = useAction(async () => {
    await trpcClient.simulate_proposal.mutate({ id: proposal.id });
    setTried(true);
    await refresh();
  });
  const { plan } = proposal;
  const grave = plan.risk === "high" || !plan.reversible;
  const approve = () => decide.run({ decision: "approve" });
  if (!allowed.approve && !allowed.reject && !allowed.simulate && !allowed.whyNot) return null;
  return (
    <div className="border-t px-4 py-3">
      {allowed.stopped && (
        <p className="mb-2 text-sm text-warn">
          All changes are stopped: {visibleLine(allowed.stopped.reason)}. Nothing can run until an admin lets
          it.
        </p>
      )}
      {asking === "reject" && allowed.reject ? (
        <RejectForm
          busy={decide.isBusy}
          onReject={(reason) => decide.run({ decision: "reject", ...(reason ? { reason } : {}) })}
          onKeep={() => onAsk(null)}
        />
      ) : asking === "approve" && allowed.approve && !allowed.stopped ? (
        <fieldset className="flex flex-wrap items-center gap-2">
          <legend className="sr-only">Confirm the approval</legend>
          <p className="mr-1 text-sm">{graveWords(plan)} Approve it?</p>
          <Button variant="primary" autoFocus disabled={decide.isBusy} onClick={approve}>
            {decide.isBusy ? "Approving…" : "Yes, approve"}
          </Button>
          <Button variant="ghost" disabled={decide.isBusy} onClick={() => onAsk(null)}>
            Not now
          </Button>
        </fieldset>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          {allowed.approve && (
            <Button
              variant="primary"
              disabled={decide.isBusy || allowed.stopped !== null}
              onClick={plan.risk === "low" && plan.reversible ? approve : () => onAsk("approve")}
            >
              {decide.isBusy ? "Approving…" : "Approve"}
            </Button>
          )}
          {allowed.reject && (
            <Button disabled={decide.isBusy} onClick={() => onAsk("reject")}>
              Reject…
            </Button>
          )}
          {allowed.simulate && (
            <Button variant="ghost" disabled={dryRun.isBusy} onClick={() => dryRun.run()}>
              {dryRun.isBusy ? "Trying…" : tried || proposal.simulation ? "Dry run again" : "Dry run"}
            </Button>
          )}
          {!allowed.approve && allowed.whyNot && (
            <p className="min-w-0 text-muted text-sm">{allowed.whyNot}</p>
          )}
        </div>
      )}
      <Problem text={decide.problem ?? dryRun.problem} className="mt-2" />
      <SignInAgain
        open={decide.needsSignIn}
        reason={
          grave && !plan.reversible
            ? "This change cannot be undone. Sign in again to approve it."
            : "This change is high risk. Sign in again to approve it."
        }
        onClose={decide.forget}
        onSignedIn={decide.again}
      />
    </div>
  );
}

function graveWords({ risk, reversible }: Proposal["plan"]): string {
  if (!reversible) return "It cannot be wholly undone.";
  return risk === "low" ? "Low risk." : `${risk === "high" ? "High" : "Medium"} risk.`;
}
