"use client";
import type { RemediationSettings } from "@cloudoptima/tools/remediation/remediation-settings.ts";
import { useQueryClient } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { Button } from "../ui/button.tsx";
import { CheckField, ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover.tsx";
import { useRemediationSettings } from "./use-proposal.ts";

const limits = [
  { value: "none", label: "nothing: admins alone" },
  { value: "low", label: "low risk" },
  { value: "medium", label: "low and medium risk" },
] as const;

/** For admins: who may approve what, and how long proposals wait. */
export function ApprovalRules() {
  const { data } = useRemediationSettings();
  const [open, setOpen] = useState(false);
  if (!data) return null;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost">
          <SlidersHorizontal size={14} /> Rules
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Rules of approval" className="w-96">
        <h2 className="font-medium text-base">Rules of approval</h2>
        <p className="mt-1 mb-3 text-muted text-sm">
          They count at once, also for what is approved and has not run. High risk always needs an admin.
        </p>
        <RulesForm settings={data} onSaved={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

function RulesForm({ settings, onSaved }: { settings: RemediationSettings; onSaved(): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [limit, setLimit] = useState(settings.membersApproveUpTo);
  return (
    <AccessForm
      button="Save"
      busyButton="Saving…"
      onSend={async (form) => {
        const { proposalHours, proposalsPerHour } = readForm(form, ["proposalHours", "proposalsPerHour"]);
        const checked = new FormData(form);
        const saved = await trpcClient.update_remediation_settings.mutate({
          membersApproveUpTo: limit,
          selfApproval: checked.has("selfApproval"),
          singleApprover: checked.has("singleApprover"),
          proposalHours: Number(proposalHours),
          proposalsPerHour: Number(proposalsPerHour),
        });
        queryClient.setQueryData(trpc.get_remediation_settings.queryKey({}), saved);
        await queryClient.invalidateQueries(trpc.get_proposal.pathFilter());
        onSaved();
      }}
    >
      <ChoiceField
        label="Members approve"
        options={limits}
        value={limit}
        onPick={(picked) => setLimit(picked)}
      />
      <CheckField name="selfApproval" checked={settings.selfApproval}>
        A person may approve their own low-risk change that can be undone
      </CheckField>
      <CheckField name="singleApprover" checked={settings.singleApprover}>
        One approver is enough for a grave change where there are fewer than two others
      </CheckField>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Hours a proposal waits"
          name="proposalHours"
          type="number"
          min={1}
          max={720}
          required
          defaultValue={settings.proposalHours}
        />
        <TextField
          label="Proposals an hour, each"
          name="proposalsPerHour"
          type="number"
          min={1}
          max={500}
          required
          defaultValue={settings.proposalsPerHour}
        />
      </div>
    </AccessForm>
  );
}
