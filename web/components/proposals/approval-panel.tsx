"use client";
import { SidePanel } from "../ui/side-panel.tsx";
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

/** The open proposal; its header is what the terminal and the API call it by. */
export function ApprovalPanel(props: PanelProps) {
  const { id, onOpen } = props;
  return (
    <SidePanel
      label="Proposal"
      open={id !== null}
      onClose={() => onOpen(null)}
      header={id && <CopyId id={id} name="the proposal" />}
    >
      {id && <PanelBody key={id} {...props} id={id} />}
    </SidePanel>
  );
}

function PanelBody({ id, asking, onAsk, onOpen }: PanelProps & { id: string }) {
  const { data, isError, error, refetch } = useProposal(id);
  if (data) return <ProposalBody proposal={data} asking={asking} onAsk={onAsk} onOpen={onOpen} />;
  return isError ? <ProposalProblem error={error} onRetry={refetch} /> : <ProposalSkeleton />;
}
