"use client";
import type { OrganizationSettings } from "@cloudoptima/tools/organization/organization-settings.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { CheckField, readForm, TextField } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";

/** Browsers leave UTC out of the zones that they know. */
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** In which zone the organization keeps its hours, and whether its history is kept for good. */
export function OrganizationForm({ settings }: { settings: OrganizationSettings }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const zoneList = useId();
  const [saved, setSaved] = useState(false);
  return (
    <AccessForm
      primary={false}
      button="Save"
      busyButton="Saving…"
      beside={
        <p role="status" className="self-center text-muted text-sm">
          {saved && "Saved."}
        </p>
      }
      onSend={async (form) => {
        setSaved(false);
        const changed = await trpcClient.update_organization_settings.mutate({
          timeZone: readForm(form, ["timeZone"]).timeZone.trim(),
          keepsHistory: new FormData(form).has("keepsHistory"),
        });
        queryClient.setQueryData(trpc.get_organization_settings.queryKey({}), changed);
        await queryClient.invalidateQueries(trpc.list_report_schedules.pathFilter());
        setSaved(true);
      }}
    >
      <TextField
        label="Time zone"
        name="timeZone"
        list={zoneList}
        autoComplete="off"
        required
        defaultValue={settings.timeZone}
        hint="Office hours and report schedules are in it. Costs stay in UTC, as they are billed."
      />
      <datalist id={zoneList}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <CheckField name="keepsHistory" checked={settings.keepsHistory}>
        Keep history for good. Otherwise metrics go after 90 days, costs and changes after 13 months
      </CheckField>
    </AccessForm>
  );
}
