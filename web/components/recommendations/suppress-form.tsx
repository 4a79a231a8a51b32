"use client";
import { recommendationTypeLabels } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import { useState } from "react";
import { ApiError } from "../../lib/api-error.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { usePlaces } from "../assessment/use-assessment.ts";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { type Suppressed, SuppressionSend } from "./suppression-send.tsx";
import { useRefresh } from "./use-recommendations.ts";

const wheres = [
  { value: "everywhere", label: "Everywhere" },
  { value: "subscription", label: "A subscription" },
  { value: "group", label: "A resource group" },
  { value: "resource", label: "One resource" },
  { value: "tag", label: "What has a tag" },
] as const;
type Where = (typeof wheres)[number]["value"];

const types = [
  { value: "", label: "Every type" },
  ...Object.entries(recommendationTypeLabels).map(([value, label]) => ({ value, label })),
];

/** Suppresses by type and place, for what no open recommendation leads to. */
export function SuppressForm() {
  const refresh = useRefresh();
  const [type, setType] = useState("");
  const [where, setWhere] = useState<Where>("resource");
  const [place, setPlace] = useState("");
  const subscriptions = usePlaces("subscription").data?.places ?? [];
  const groups = usePlaces("resource_group").data?.places ?? [];
  const places = where === "subscription" ? subscriptions : groups;
  const needsPlace = where === "subscription" || where === "group";
  const picked = places.some(({ key }) => key === place) ? place : (places[0]?.key ?? "");
  const suppressed = async (form: HTMLFormElement): Promise<Suppressed> => {
    const said: Suppressed = type ? { type: type as NonNullable<Suppressed["type"]> } : {};
    if (where === "resource") {
      return { ...said, resourceId: await findResourceId(readForm(form, ["resource"]).resource) };
    }
    if (needsPlace) {
      if (picked === "") {
        throw new ApiError(400, "No place is known yet.", "The first scan of a cloud finds them.");
      }
      return { ...said, scope: scopeOf(picked) };
    }
    if (where === "everywhere") return said;
    const { key, value } = readForm(form, ["key", "value"]);
    return { ...said, tagKey: key, ...(value.trim() ? { tagValue: value } : {}) };
  };
  return (
    <SuppressionSend suppressed={suppressed} onDone={refresh}>
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField label="What" value={type} onPick={setType} options={types} />
        <ChoiceField label="Where" value={where} onPick={(picked) => setWhere(picked)} options={wheres} />
      </div>
      {needsPlace && (
        <ChoiceField
          label={where === "subscription" ? "Subscription" : "Resource group"}
          value={picked}
          onPick={setPlace}
          options={places.map(({ key, label }) => ({ value: key, label }))}
        />
      )}
      {where === "resource" && (
        <TextField
          label="Resource"
          name="resource"
          placeholder="vm-web-001"
          hint="Its name, or its full id where several have the name."
          autoComplete="off"
          maxLength={500}
          required
        />
      )}
      {where === "tag" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField label="Tag" name="key" autoComplete="off" maxLength={512} required />
          <TextField label="Value (any, if empty)" name="value" autoComplete="off" maxLength={256} />
        </div>
      )}
    </SuppressionSend>
  );
}

/** The id of the one resource of this name; what looks like an id is taken as it is. */
async function findResourceId(text: string): Promise<string> {
  const named = text.trim();
  if (named.includes("/") || named.includes(":")) return named;
  const { rows } = await trpcClient.search_resources.query({ text: named, limit: 50 });
  const found = rows.filter(({ name }) => name.toLowerCase() === named.toLowerCase());
  if (found.length === 1) return found[0]!.id;
  throw found.length === 0
    ? new ApiError(404, `No resource is called “${named}”.`, "Give its whole name or its full id.")
    : new ApiError(
        400,
        `${found.length} resources are called “${named}”.`,
        "Give the full id of the one you mean.",
      );
}

/** A place's key is a subscription's id, or that and a group's name. */
function scopeOf(key: string): string {
  const [subscription, group] = key.split("/");
  return `/subscriptions/${subscription}${group ? `/resourceGroups/${group}` : ""}`;
}
