"use client";
import { statusWords } from "@cloudoptima/tools/remediation/status-words.ts";
import { Undo2 } from "lucide-react";
import { api } from "../../lib/api.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import type { Proposal } from "./proposal-words.ts";
import type { useMayDecide } from "./use-may-decide.ts";
import { useRefreshProposals } from "./use-proposal.ts";

/** An undo that came to nothing leaves room for another. */
const over = new Set<Proposal["status"]>(["rejected", "expired", "failed"]);

/** The undo that this plan has or had, unless it came to nothing. */
export function standingUndo({ undo }: Pick<Proposal, "undo">): Proposal["undo"] {
  return undo && !over.has(undo.status) ? undo : null;
}

/** What can follow a run: the way back, or another look at what nobody could tell. */
export function AfterRun({
  proposal,
  allowed,
  onOpen,
}: {
  proposal: Proposal;
  allowed: ReturnType<typeof useMayDecide>;
  /** Shows another proposal; without it the undo is shown below this one. */
  onOpen?: (id: string) => void;
}) {
  const { id, status, items, plan } = proposal;
  const refresh = useRefreshProposals();
  const undo = useAction(async () => {
    const made = await trpcClient.rollback_proposal.mutate({ id });
    await refresh();
    onOpen?.(made.id);
  });
  const lookAgain = useAction(async () => {
    try {
      await api(`/v1/remediation/actions/${id}/look-again`, { method: "POST" });
    } finally {
      await refresh();
    }
  });
  const standing = standingUndo(proposal);
  const undoable =
    (status === "completed" || status === "failed") &&
    plan.direction === "apply" &&
    items.some((item) => item.status === "completed" && plan.items[item.position]?.undo !== null);
  const offersUndo = undoable && !standing && allowed.propose;
  const offersLook = status === "needs_attention";
  const changedNothing =
    (status === "failed" || status === "expired") && !items.some((item) => item.status === "completed");
  const opensUndo = onOpen && standing;
  const opensUndone = onOpen && plan.undoOf;
  if (!offersUndo && !offersLook && !opensUndo && !opensUndone && !changedNothing) return null;
  return (
    <div className="border-t px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        {changedNothing && (
          <p className="text-muted text-sm">
            Nothing was changed. Ask for it again to have it planned as things are now.
          </p>
        )}
        {offersUndo && (
          <Button disabled={undo.isBusy} onClick={() => undo.run()}>
            <Undo2 size={14} /> {undo.isBusy ? "Planning the undo…" : "Undo"}
          </Button>
        )}
        {offersUndo && <p className="text-muted text-sm">The way back is a plan of its own to approve.</p>}
        {opensUndo && (
          <Button onClick={() => onOpen(standing.proposalId)}>
            <Undo2 size={14} /> Open its undo: {statusWords[standing.status].toLowerCase()}
          </Button>
        )}
        {opensUndone && (
          <Button variant="ghost" onClick={() => onOpen(plan.undoOf!)}>
            Open what it undoes
          </Button>
        )}
        {offersLook && allowed.lookAgain && (
          <Button variant="primary" disabled={lookAgain.isBusy} onClick={() => lookAgain.run()}>
            {lookAgain.isBusy ? "Looking…" : "Look again"}
          </Button>
        )}
        {offersLook && (
          <p className="min-w-0 text-muted text-sm">
            {allowed.lookAgain
              ? "Reads the cloud first: what happened counts as done, what did not is tried once more."
              : "Whoever may approve this change may have it looked at again."}
          </p>
        )}
      </div>
      <Problem text={undo.problem ?? lookAgain.problem} className="mt-2" />
    </div>
  );
}
