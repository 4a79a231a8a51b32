"use client";
import { useState } from "react";
import { ApiError } from "../../lib/api-error.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { Button } from "../ui/button.tsx";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { readShares, splitNames } from "./rule-words.ts";
import { type AllocationRule, type RuleFields, useRefreshAllocation } from "./use-allocation.ts";

const costs = [
  { value: "untagged", label: "Costs without the team tag" },
  { value: "shared", label: "All, also those of a team" },
] as const;
const splits = [
  { value: "proportional", label: "In proportion to their own cost" },
  { value: "fixed", label: "By fixed shares" },
] as const;
const names = [
  ...["name", "tagKey", "tagValue", "namePattern", "subscriptions", "resourceGroups", "services", "teams"],
] as const;

/** A new rule, or another wording of one; the server says what is wrong with it, and nothing typed is lost. */
export function RuleForm({ rule, onClose }: { rule?: AllocationRule; onClose(): void }) {
  const refresh = useRefreshAllocation();
  const [taken, setTaken] = useState<AllocationRule["costs"]>(rule?.costs ?? "untagged");
  const [split, setSplit] = useState<AllocationRule["split"]>(rule?.split ?? "proportional");
  const match = rule?.match;
  const isFixed = split === "fixed";
  return (
    <AccessForm
      button={rule ? "Save the rule" : "Add the rule"}
      busyButton="Saving…"
      beside={
        <Button variant="ghost" onClick={onClose}>
          {rule ? "Leave it as it is" : "Cancel"}
        </Button>
      }
      onSend={async (form) => {
        const said = readForm(form, names);
        const shares = isFixed ? readShares(said.teams!) : [];
        if (typeof shares === "string") throw new ApiError(400, shares);
        const fields: RuleFields = {
          name: said.name!,
          costs: taken,
          match: {
            tagKey: said.tagKey!.trim() || null,
            tagValue: said.tagValue!.trim() || null,
            namePattern: said.namePattern!.trim() || null,
            subscriptions: splitNames(said.subscriptions!),
            resourceGroups: splitNames(said.resourceGroups!),
            services: splitNames(said.services!),
          },
          split,
          shares,
          teams: isFixed ? [] : splitNames(said.teams!),
        };
        if (rule) await trpcClient.update_allocation_rule.mutate({ id: rule.id, ...fields });
        else await trpcClient.create_allocation_rule.mutate(fields);
        await refresh();
        onClose();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="Name" name="name" defaultValue={rule?.name} maxLength={200} required autoFocus />
        <ChoiceField label="Takes" value={taken} onPick={(picked) => setTaken(picked)} options={costs} />
      </div>
      <fieldset>
        <legend className="pb-1 text-muted text-xs">Of these, those that fit all that is given:</legend>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <TextField label="Tag" name="tagKey" defaultValue={match?.tagKey ?? ""} maxLength={200} />
          <TextField label="Its value" name="tagValue" defaultValue={match?.tagValue ?? ""} maxLength={200} />
          <TextField
            label="Resource name"
            name="namePattern"
            defaultValue={match?.namePattern ?? ""}
            hint="* is any text, ? one character"
            maxLength={200}
          />
          <TextField
            label="Subscriptions"
            name="subscriptions"
            defaultValue={match?.subscriptions.join(", ")}
            hint="Names or ids, with commas"
          />
          <TextField
            label="Resource groups"
            name="resourceGroups"
            defaultValue={match?.resourceGroups.join(", ")}
          />
          <TextField label="Services" name="services" defaultValue={match?.services.join(", ")} />
        </div>
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField
          label="Goes to teams"
          value={split}
          onPick={(picked) => setSplit(picked)}
          options={splits}
        />
        <TextField
          key={split}
          label={isFixed ? "Teams and their percent" : "Teams"}
          name="teams"
          required={isFixed}
          defaultValue={
            isFixed
              ? rule?.shares.map(({ team, percent }) => `${team} ${percent}`).join(", ")
              : rule?.teams.join(", ")
          }
          hint={isFixed ? "“web 60, data 40”: together 100" : "With commas; empty: all teams"}
        />
      </div>
    </AccessForm>
  );
}
