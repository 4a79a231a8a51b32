"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQueryClient } from "@tanstack/react-query";
import { OctagonX } from "lucide-react";
import { useState } from "react";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { AccessForm } from "../access/access-form.tsx";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover.tsx";
import { Problem } from "../ui/problem.tsx";
import { useRemediationSettings } from "./use-proposal.ts";

/** Stands for everybody to see while changes are stopped; an admin lets them run again. */
export function StoppedBanner() {
  const { data: session } = useSession();
  const { data: settings } = useRemediationSettings();
  const set = useSetStopSwitch();
  const resume = useAction(() => set({ stopped: false }));
  const stopped = settings?.stopped;
  if (!stopped) return null;
  return (
    <div role="status" className="mt-4 rounded-lg border bg-worse-soft px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex min-w-0 items-start gap-2 text-sm">
          <OctagonX size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-worse" />
          <span className="min-w-0 break-words">
            <strong className="font-semibold">All changes are stopped.</strong> {visibleLine(stopped.by)},{" "}
            {moment(stopped.at)}: {visibleLine(stopped.reason)}
          </span>
        </p>
        {may(session, "settings:manage") && (
          <ConfirmButton
            label="Let changes run again"
            question="Yes, let them run"
            describe="stop switch"
            busy={resume.isBusy}
            onConfirm={() => resume.run()}
          />
        )}
      </div>
      <Problem text={resume.problem} className="mt-2" />
    </div>
  );
}

/** For admins: stops everything before its next write, with a reason that all see. */
export function StopButton() {
  const set = useSetStopSwitch();
  const { data: settings } = useRemediationSettings();
  const [open, setOpen] = useState(false);
  if (!settings || settings.stopped) return null;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <OctagonX size={14} /> Stop all changes
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Stop all changes">
        <p className="mb-3 text-muted text-sm">
          Every change stops before its next write. What is approved and has not begun fails with your reason.
        </p>
        <AccessForm
          button="Stop now"
          busyButton="Stopping…"
          onSend={async (form) => {
            await set({ stopped: true, reason: readForm(form, ["reason"]).reason });
            setOpen(false);
          }}
        >
          <TextField label="Reason" name="reason" required maxLength={500} autoComplete="off" autoFocus />
        </AccessForm>
      </PopoverContent>
    </Popover>
  );
}

function useSetStopSwitch() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (input: { stopped: boolean; reason?: string }) => {
    const settings = await trpcClient.set_stop_switch.mutate(input);
    queryClient.setQueryData(trpc.get_remediation_settings.queryKey({}), settings);
  };
}
