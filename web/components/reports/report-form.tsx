"use client";
import {
  type ReportFormat,
  type ReportType,
  reportTypeLabels,
  reportTypes,
  type SectionName,
  sectionNames,
  sectionTitles,
} from "@cloudoptima/tools/reports/report-types.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { type PeriodChoice, periodChoices, periodInput, typeWords } from "./report-words.ts";

const typeOptions = reportTypes.map((value) => ({ value, label: reportTypeLabels[value] }));
const formatOptions = [
  { value: "pdf", label: "PDF" },
  { value: "html", label: "HTML" },
] as const;

/** What to tell, of which days. */
export function ReportForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [type, setType] = useState<ReportType>("executive_summary");
  const [period, setPeriod] = useState<PeriodChoice>("");
  const [format, setFormat] = useState<ReportFormat>("pdf");
  return (
    <AccessForm
      button="Generate"
      busyButton="Asking…"
      onSend={async (form) => {
        const { from, until, title } = readForm(form, ["from", "until", "title"]);
        const sections = new FormData(form).getAll("section") as SectionName[];
        await trpcClient.generate_report.mutate({
          reportType: type,
          format,
          period: periodInput(period, from, until),
          ...(title.trim() ? { title } : {}),
          ...(type === "custom" ? { sections } : {}),
        });
        await queryClient.invalidateQueries(trpc.list_reports.pathFilter());
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
          label="Period"
          value={period}
          onPick={(picked) => setPeriod(picked)}
          options={periodChoices}
        />
        <ChoiceField
          label="Format"
          value={format}
          onPick={(picked) => setFormat(picked)}
          options={formatOptions}
        />
      </div>
      <p className="-mt-2 text-faint text-xs">{typeWords[type]}</p>
      {period === "days" && (
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

function SectionChoice() {
  return (
    <fieldset>
      <legend className="pb-1 text-muted text-xs">Sections</legend>
      <div className="grid gap-x-3 gap-y-1 rounded-md border bg-surface p-2.5 sm:grid-cols-2">
        {sectionNames.map((section) => (
          <label key={section} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name="section"
              value={section}
              defaultChecked={section === "costs"}
              className="size-4 accent-(--accent)"
            />
            {sectionTitles[section]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
