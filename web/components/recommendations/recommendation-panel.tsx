"use client";
import { OpenedBody, OpenedPanel } from "../ui/opened-panel.tsx";
import { RecommendationBody } from "./recommendation-body.tsx";
import { useRecommendation } from "./use-recommendations.ts";

export function RecommendationPanel({ id, onOpen }: { id: string | null; onOpen(id: string | null): void }) {
  return (
    <OpenedPanel noun="recommendation" id={id} onOpen={onOpen}>
      {(opened) => <Opened key={opened} id={opened} />}
    </OpenedPanel>
  );
}

function Opened({ id }: { id: string }) {
  const found = useRecommendation(id);
  return (
    <OpenedBody noun="recommendation" found={found}>
      {(recommendation) => <RecommendationBody recommendation={recommendation} />}
    </OpenedBody>
  );
}
