"use client";
import { problemText, type SessionInfo } from "../../lib/api.ts";

import { Problem } from "../ui/problem.tsx";
import { ScheduleRow } from "./schedule-row.tsx";
import { useSchedules } from "./use-schedules.ts";

/** Reports that are made again and again; nothing where there are none. */
export function ScheduleList({
  person,
  makes,
}: {
  person: SessionInfo["person"] | undefined;
  makes: boolean;
}) {
  const { data, isError, error } = useSchedules();
  if (isError) return <Problem text={problemText(error)} className="mb-3" />;
  if (!data || data.schedules.length === 0) return null;
  return (
    <section aria-labelledby="schedules" className="border-t py-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 pb-3">
        <h2 id="schedules" className="font-medium">
          Schedules
        </h2>
        <p className="text-faint text-xs">Hours in {data.timeZone}; next times in yours</p>
      </div>
      <ul className="divide-y rounded-lg border bg-surface">
        {data.schedules.map((schedule) => (
          <ScheduleRow
            key={schedule.id}
            schedule={schedule}
            mayChange={makes && (person?.role === "admin" || person?.id === schedule.createdBy.id)}
          />
        ))}
      </ul>
    </section>
  );
}
