"use client";
import { X } from "lucide-react";
import { useMedia } from "../../lib/use-media.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { CopyId } from "./copy-id.tsx";
import type { Asking } from "./decision-bar.tsx";
import { ProposalBody } from "./proposal-body.tsx";
import { ProposalProblem } from "./proposal-card.tsx";
import { ProposalSkeleton } from "./proposal-skeleton.tsx";
import { useProposal } from "./use-proposal.ts";

interface PanelProps {
  id: string | null;
  asking: Asking;
  onAsk(asking: Asking): void;
  onOpen(id: string | null): void;
}

/** The open proposal: beside the list where there is room, over it where not. */
export function ApprovalPanel(props: PanelProps) {
  const { id, onOpen } = props;
  const beside = useMedia("(min-width: 1100px)");
  if (!beside) {
    return (
      <Sheet
        open={id !== null}
        onOpenChange={(open) => !open && onOpen(null)}
        side="right"
        title="Proposal"
        className="w-full max-w-[560px] bg-surface"
      >
        {id && (
          <div data-approval="" className="scroll-calm min-h-0 flex-1 overflow-y-auto pb-6">
            <PanelId id={id} />
            <PanelBody key={id} {...props} id={id} />
          </div>
        )}
      </Sheet>
    );
  }
  if (!id) return null;
  return (
    <aside aria-label="Proposal" className="relative flex w-[480px] shrink-0 flex-col border-l bg-surface">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Close the proposal"
        className="absolute top-2 right-2"
        onClick={() => onOpen(null)}
      >
        <X size={16} />
      </Button>
      <div className="scroll-calm min-h-0 flex-1 overflow-y-auto pb-6">
        <PanelId id={id} />
        <PanelBody key={id} {...props} id={id} />
      </div>
    </aside>
  );
}

/** What the terminal and the API call it by. */
function PanelId({ id }: { id: string }) {
  return (
    <div className="flex h-12 items-center border-b pr-12 pl-4">
      <CopyId id={id} name="the proposal" />
    </div>
  );
}

function PanelBody({ id, asking, onAsk, onOpen }: PanelProps & { id: string }) {
  const { data, isError, error, refetch } = useProposal(id);
  if (data) return <ProposalBody proposal={data} asking={asking} onAsk={onAsk} onOpen={onOpen} />;
  return isError ? <ProposalProblem error={error} onRetry={refetch} /> : <ProposalSkeleton />;
}
