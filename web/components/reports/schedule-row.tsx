"use client";
import type { ReportSchedule } from "@cloudoptima/tools/reports/schedule-output.ts";
import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock, CircleX, Pause } from "lucide-react";
import { cn } from "../../lib/cn.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { placeWords } from "./report-words.ts";

const looks = {
  active: { icon: CalendarClock, className: "text-muted", word: "Active" },
  paused: { icon: Pause, className: "text-muted", word: "Paused" },
  stopped: { icon: CircleX, className: "text-worse", word: "Stopped" },
} as const;

/** One schedule: what it makes and when next, or why it no longer does. */
export function ScheduleRow({ schedule, mayChange }: { schedule: ReportSchedule; mayChange: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, status, stoppedReason } = schedule;
  const name =
    schedule.title ?? [schedule.typeLabel, placeWords(schedule.place)].filter(Boolean).join(" of ");
  const refresh = () => queryClient.invalidateQueries(trpc.list_report_schedules.pathFilter());
  const remove = useAction(async () => {
    await trpcClient.delete_report_schedule.mutate({ id });
    await refresh();
  });
  const change = useAction(async (paused: boolean) => {
    await trpcClient.change_report_schedule.mutate({ id, paused });
    await refresh();
  });
  const { icon: Icon, className, word } = looks[status];
  const runs = status === "active";
  return (
    <li className="px-3 py-3">
      <div className="grid items-start gap-x-3 gap-y-2 sm:grid-cols-[1fr_auto]">
        <div className="min-w-0 text-sm">
          <p className="flex min-w-0 items-center gap-x-3">
            <bdi className="min-w-0 truncate font-medium" title={name}>
              {name}
            </bdi>
            <span className={cn("inline-flex shrink-0 items-center gap-1.5", className)}>
              <Icon size={14} aria-hidden="true" /> {word}
            </span>
          </p>
          <p className="break-words text-faint text-xs tabular-nums">{facts(schedule)}</p>
          {stoppedReason && <p className="mt-1 text-muted text-xs">{stoppedReason}</p>}
        </div>
        {mayChange && (
          <div className="flex flex-wrap items-center gap-1 sm:justify-end">
            <Button
              size="small"
              disabled={change.isBusy}
              aria-label={`${runs ? "Pause" : "Resume"} ${name}`}
              onClick={() => change.run(runs)}
            >
              {runs ? "Pause" : "Resume"}
            </Button>
            <ConfirmButton
              label="Delete"
              question="Delete for good"
              describe={`schedule ${name}`}
              busy={remove.isBusy}
              onConfirm={() => remove.run()}
            />
          </div>
        )}
      </div>
      <Problem text={change.problem ?? remove.problem} className="mt-1" />
    </li>
  );
}

/** "Each Monday at 08:00 · next 5 Oct 2026, 10:00 · by Ann" */
function facts({ title, typeLabel, place, inWords, nextDueAt, createdBy }: ReportSchedule): string {
  return [
    `${inWords[0]!.toUpperCase()}${inWords.slice(1)}`,
    ...(title === null ? [] : [[typeLabel, placeWords(place)].filter(Boolean).join(" of ")]),
    ...(nextDueAt ? [`next ${moment(nextDueAt)}`] : []),
    ...(createdBy.name ? [`by ${createdBy.name}`] : []),
  ].join(" · ");
}
