"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";
import { ChoiceField } from "../ui/field.tsx";

/** As the server takes it; absent: all. */
export interface PlaceInput {
  subscription?: string;
  resourceGroup?: string;
}
export const wholePlace: PlaceInput = {};

/** Which part of the cloud a report is about. */
export function PlaceFields({ place, onChange }: { place: PlaceInput; onChange(place: PlaceInput): void }) {
  const trpc = useTRPC();
  const known = useQuery(trpc.list_report_places.queryOptions({}));
  const subscriptions = known.data?.subscriptions ?? [];
  const within = place.subscription
    ? subscriptions.filter(({ id }) => id === place.subscription)
    : subscriptions;
  const groups = [...new Set(within.flatMap(({ resourceGroups }) => resourceGroups))].sort();
  return (
    <>
      <ChoiceField
        label="Subscription"
        value={place.subscription ?? ""}
        // A group of another subscription would be found in none of this one.
        onPick={(subscription) => onChange(subscription ? { subscription } : {})}
        options={[
          { value: "", label: "All" },
          ...subscriptions.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <ChoiceField
        label="Resource group"
        value={place.resourceGroup ?? ""}
        onPick={(resourceGroup) => {
          const { subscription } = place;
          onChange({
            ...(subscription ? { subscription } : {}),
            ...(resourceGroup ? { resourceGroup } : {}),
          });
        }}
        options={[{ value: "", label: "All" }, ...groups.map((group) => ({ value: group, label: group }))]}
      />
    </>
  );
}
