"use client";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { ChoiceField } from "../ui/field.tsx";
import { type Suppressed, SuppressionSend } from "./suppression-send.tsx";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** Suppresses the open recommendation, or as much around it as the person chooses. */
export function SuppressOpened({
  recommendation,
  onDone,
  onKeep,
}: {
  recommendation: OpenedRecommendation;
  onDone(): Promise<unknown>;
  onKeep(): void;
}) {
  const choices = choicesFor(recommendation);
  const [picked, setPicked] = useState("0");
  return (
    <SuppressionSend
      suppressed={() => choices[Number(picked)]!.suppressed}
      onDone={onDone}
      beside={
        <Button variant="ghost" onClick={onKeep}>
          Keep it
        </Button>
      }
    >
      <ChoiceField
        label="What is not to be recommended?"
        value={picked}
        onPick={setPicked}
        options={choices.map(({ label }, index) => ({ value: String(index), label }))}
      />
    </SuppressionSend>
  );
}

function choicesFor({ type, typeLabel, resource }: OpenedRecommendation) {
  const { id: resourceId, name, resourceGroup, subscriptionId } = resource;
  const own = type as NonNullable<Suppressed["type"]>;
  const choices: { label: string; suppressed: Suppressed }[] = [
    { label: `“${typeLabel}” for ${name}`, suppressed: { type: own, resourceId } },
    { label: `Everything for ${name}`, suppressed: { resourceId } },
  ];
  if (subscriptionId && resourceGroup) {
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
    choices.push({ label: `“${typeLabel}” in ${resourceGroup}`, suppressed: { type: own, scope } });
  }
  if (subscriptionId) {
    const scope = `/subscriptions/${subscriptionId}`;
    choices.push({ label: `“${typeLabel}” in the subscription`, suppressed: { type: own, scope } });
  }
  choices.push({ label: `“${typeLabel}” everywhere`, suppressed: { type: own } });
  return choices;
}
