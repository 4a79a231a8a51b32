"use client";
import { OpenedPanel } from "../ui/opened-panel.tsx";
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

export function ApprovalPanel(props: PanelProps) {
  return (
    <OpenedPanel noun="proposal" id={props.id} onOpen={props.onOpen}>
      {(id) => <PanelBody key={id} {...props} id={id} />}
    </OpenedPanel>
  );
}

function PanelBody({ id, asking, onAsk, onOpen }: PanelProps & { id: string }) {
  const { data, isError, error, refetch } = useProposal(id);
  if (data) return <ProposalBody proposal={data} asking={asking} onAsk={onAsk} onOpen={onOpen} />;
  return isError ? <ProposalProblem error={error} onRetry={refetch} /> : <ProposalSkeleton />;
}
