"use client";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { standingUndo } from "./after-run.tsx";
import type { Asking } from "./decision-bar.tsx";
import { ProposalBody } from "./proposal-body.tsx";
import { ProposalSkeleton } from "./proposal-skeleton.tsx";
import { useProposal } from "./use-proposal.ts";

/** A proposal in the chat, live; below it its undo, once somebody asked for one. */
export function ProposalCard({ id }: { id: string }) {
  const { data, isError, error, refetch } = useProposal(id);
  const [asking, setAsking] = useState<Asking>(null);
  const undo = data && standingUndo(data);
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-surface">
        {data ? (
          <ProposalBody proposal={data} asking={asking} onAsk={setAsking} />
        ) : isError ? (
          <ProposalProblem error={error} onRetry={refetch} />
        ) : (
          <ProposalSkeleton />
        )}
      </div>
      {undo && (
        <div className="mt-3">
          <ProposalCard id={undo.proposalId} />
        </div>
      )}
    </>
  );
}

/** A proposal that cannot be shown, and a way to try again. */
export function ProposalProblem({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-4">
      <Problem text={problemText(error)} />
      <Button size="small" onClick={() => onRetry()}>
        Try again
      </Button>
    </div>
  );
}
