"use client";
import { useState } from "react";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover.tsx";
import { useRefreshAllocation } from "./use-allocation.ts";

/** Which tag says whose a cost is. */
export function TeamTag({ teamTag }: { teamTag: string }) {
  const refresh = useRefreshAllocation();
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="small">Team tag: {teamTag}</Button>
      </PopoverTrigger>
      <PopoverContent align="end">
        <AccessForm
          button="Save"
          busyButton="Saving…"
          onSend={async (form) => {
            await trpcClient.update_allocation_settings.mutate(readForm(form, ["teamTag"]));
            await refresh();
            setOpen(false);
          }}
        >
          <TextField
            label="Tag that names the team of a cost"
            name="teamTag"
            defaultValue={teamTag}
            maxLength={200}
            hint="Whatever its case. A cost without it is untagged."
            required
          />
        </AccessForm>
      </PopoverContent>
    </Popover>
  );
}
