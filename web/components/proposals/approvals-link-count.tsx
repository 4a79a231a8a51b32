"use client";
import { OctagonX } from "lucide-react";
import { formatCount } from "../../lib/format.ts";
import { useRemediationSettings } from "./use-proposal.ts";
import { useProposalCount } from "./use-proposals.ts";

/** Beside the page's name in the navigation: how many wait, and whether everything is stopped. */
export function ApprovalsLinkCount() {
  const waiting = useProposalCount("waiting").data;
  const stopped = useRemediationSettings().data?.stopped;
  return (
    <span className="ml-auto flex items-center gap-1.5">
      {stopped && (
        <span className="text-worse">
          <OctagonX size={14} aria-hidden="true" />
          <span className="sr-only">all changes are stopped</span>
        </span>
      )}
      {waiting !== undefined && waiting > 0 && (
        <span className="rounded-full bg-accent-soft px-1.5 text-accent text-xs tabular-nums">
          {formatCount(waiting)}
          <span className="sr-only"> waiting</span>
        </span>
      )}
    </span>
  );
}
