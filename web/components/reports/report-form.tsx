"use client";
import {
  type ReportFormat,
  type ReportType,
  reportTypeLabels,
  reportTypes,
  type SectionName,
} from "@cloudoptima/tools/reports/report-types.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cn } from "../../lib/cn.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { PlaceFields, type PlaceInput, wholePlace } from "./place-fields.tsx";
import { firstTime, RepeatFields, type RepeatTime } from "./repeat-fields.tsx";
import {
  type PeriodChoice,
  periodChoices,
  periodInput,
  type RepeatChoice,
  repeatChoices,
  typeWords,
} from "./report-words.ts";
import { SectionChoice } from "./section-choice.tsx";

const typeOptions = reportTypes.map((value) => ({ value, label: reportTypeLabels[value] }));
const formatOptions = [
  { value: "pdf", label: "PDF" },
  { value: "html", label: "HTML" },
] as const;

/** What to tell, of which part and days, once or again and again. */
export function ReportForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [type, setType] = useState<ReportType>("executive_summary");
  const [repeat, setRepeat] = useState<RepeatChoice>("");
  const [time, setTime] = useState<RepeatTime>(firstTime("week"));
  const [period, setPeriod] = useState<PeriodChoice>("");
  const [format, setFormat] = useState<ReportFormat>("pdf");
  const [place, setPlace] = useState<PlaceInput>(wholePlace);
  return (
    <AccessForm
      button={repeat ? "Schedule" : "Generate"}
      busyButton="Asking…"
      onSend={async (form) => {
        const { from, until, title } = readForm(form, ["from", "until", "title"]);
        const sections = new FormData(form).getAll("section") as SectionName[];
        const report = {
          reportType: type,
          format,
          ...place,
          ...(title.trim() ? { title } : {}),
          ...(type === "custom" ? { sections } : {}),
        };
        if (repeat) {
          await trpcClient.schedule_report.mutate({ ...report, every: repeat, ...time });
          await queryClient.invalidateQueries(trpc.list_report_schedules.pathFilter());
        } else {
          await trpcClient.generate_report.mutate({ ...report, period: periodInput(period, from, until) });
          await queryClient.invalidateQueries(trpc.list_reports.pathFilter());
        }
      }}
    >
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1.5fr_1.2fr_100px]">
        <ChoiceField
          label="Report"
          value={type}
          onPick={(picked) => setType(picked)}
          options={typeOptions}
          className="max-sm:col-span-2"
        />
        <ChoiceField
          label="Made"
          value={repeat}
          onPick={(picked) => {
            setRepeat(picked);
            if (picked) setTime(firstTime(picked));
          }}
          options={repeatChoices}
        />
        <ChoiceField
          label="Format"
          value={format}
          onPick={(picked) => setFormat(picked)}
          options={formatOptions}
        />
      </div>
      <p className="-mt-2 text-faint text-xs">{typeWords[type]}</p>
      {repeat && <RepeatFields every={repeat} time={time} onChange={setTime} />}
      <div className={cn("grid gap-3 sm:grid-cols-2", repeat === "" && "lg:grid-cols-[1fr_1.2fr_1.2fr]")}>
        {repeat === "" && (
          <ChoiceField
            label="Period"
            value={period}
            onPick={(picked) => setPeriod(picked)}
            options={periodChoices}
            className="sm:max-lg:col-span-2"
          />
        )}
        <PlaceFields place={place} onChange={setPlace} />
      </div>
      {repeat === "" && period === "days" && (
        <div className="grid grid-cols-2 gap-3">
          <TextField label="First day" name="from" type="date" required />
          <TextField label="Last day" name="until" type="date" required />
        </div>
      )}
      {type === "custom" && <SectionChoice />}
      <TextField label="Title (optional)" name="title" maxLength={200} autoComplete="off" />
    </AccessForm>
  );
}
