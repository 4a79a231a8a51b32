"use client";
import { type cadences, weekdays } from "@cloudoptima/tools/reports/cadence.ts";
import { ChoiceField } from "../ui/field.tsx";
import { useSchedules } from "./use-schedules.ts";

type Every = (typeof cadences)[number];

export interface RepeatTime {
  day: number;
  hour: number;
}

/** Costs of a day are whole a day or two after it: a report of a month is made on its third. */
export function firstTime(every: Every): RepeatTime {
  return { day: every === "week" ? 1 : 3, hour: 8 };
}

const weekdayOptions = weekdays.map((label, index) => ({ value: String(index + 1), label }));
const dayOptions = Array.from({ length: 28 }, (_, index) => ({
  value: String(index + 1),
  label: `Day ${index + 1}`,
}));
const hourOptions = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** When a report is made again and again, and of which days. */
export function RepeatFields({
  every,
  time,
  onChange,
}: {
  every: Every;
  time: RepeatTime;
  onChange(time: RepeatTime): void;
}) {
  const zone = useSchedules().data?.timeZone;
  return (
    <div>
      <div className="grid grid-cols-2 gap-3">
        <ChoiceField
          label="On"
          value={String(time.day)}
          onPick={(day) => onChange({ ...time, day: Number(day) })}
          options={every === "week" ? weekdayOptions : dayOptions}
        />
        <ChoiceField
          label={zone ? `At (${zone})` : "At"}
          value={String(time.hour)}
          onPick={(hour) => onChange({ ...time, hour: Number(hour) })}
          options={hourOptions}
        />
      </div>
      <p className="pt-1 text-faint text-xs">
        {every === "week"
          ? "Of the whole week before, Monday to Sunday, in your name."
          : "Of the whole month before, in your name."}
      </p>
    </div>
  );
}
