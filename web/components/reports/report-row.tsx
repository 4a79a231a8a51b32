"use client";
import type { ReportStatus } from "@cloudoptima/tools/reports/report-output.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Check, CircleX, Download, LoaderCircle } from "lucide-react";
import { cn } from "../../lib/cn.ts";
import { addDays } from "../../lib/days.ts";
import { formatDay } from "../../lib/format.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { placeWords } from "./report-words.ts";

const looks = {
  pending: { icon: LoaderCircle, className: "text-accent", word: "Waiting" },
  running: { icon: LoaderCircle, className: "text-accent", word: "Being made" },
  ready: { icon: Check, className: "text-better", word: "Ready" },
  failed: { icon: CircleX, className: "text-worse", word: "Failed" },
} as const;

/** One report: what it tells, how it stands, and its files. */
export function ReportRow({ report, mayDelete }: { report: ReportStatus; mayDelete: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, title, status, failure } = report;
  const remove = useAction(async () => {
    await trpcClient.delete_report.mutate({ id });
    await queryClient.invalidateQueries(trpc.list_reports.pathFilter());
  });
  const formats = report.format === "pdf" ? (["pdf", "html"] as const) : (["html", "pdf"] as const);
  return (
    <li className="px-3 py-3">
      <div className="grid items-start gap-x-3 gap-y-2 sm:grid-cols-[1fr_auto]">
        <div className="min-w-0 text-sm">
          <p className="flex min-w-0 items-center gap-x-3">
            <bdi className="min-w-0 truncate font-medium" title={title}>
              {title}
            </bdi>
            <StatusWord report={report} />
          </p>
          <p className="break-words text-faint text-xs tabular-nums">{facts(report)}</p>
          {failure && <p className="mt-1 text-muted text-xs">{failure}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-1 sm:justify-end">
          {status === "ready" &&
            formats.map((format) => (
              <Button
                key={format}
                size="small"
                variant={format === report.format ? "outline" : "ghost"}
                asChild
              >
                <a
                  href={`/api/v1/reports/${id}/download?format=${format}`}
                  download
                  aria-label={`Download ${title} as ${format.toUpperCase()}`}
                >
                  <Download size={13} /> {format.toUpperCase()}
                </a>
              </Button>
            ))}
          {mayDelete && (
            <ConfirmButton
              label="Delete"
              question="Delete for good"
              describe={title}
              busy={remove.isBusy}
              onConfirm={() => remove.run()}
            />
          )}
        </div>
      </div>
      <Problem text={remove.problem} className="mt-1" />
    </li>
  );
}

function StatusWord({ report: { status, percent } }: { report: ReportStatus }) {
  const { icon: Icon, className, word } = looks[status];
  const busy = status === "pending" || status === "running";
  return (
    <span
      role={busy ? "status" : undefined}
      className={cn("inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap tabular-nums", className)}
    >
      <Icon size={14} aria-hidden="true" className={cn("shrink-0", busy && "animate-spin")} />
      {word}
      {status === "running" && ` ${percent} %`}
    </span>
  );
}

/** "Cost analysis · 1 Sep - 30 Sep 2026 · made 5 Oct 2026, 10:00 by Ann" */
function facts(report: ReportStatus): string {
  const { title, typeLabel, place, period, generatedAt, requestedAt, generatedBy, schedule } = report;
  const last = addDays(period.end, -1);
  const made = generatedAt ? `made ${moment(generatedAt)}` : `asked for ${moment(requestedAt)}`;
  const by = schedule
    ? ` on a schedule${generatedBy.name ? ` of ${generatedBy.name}` : ""}`
    : generatedBy.name
      ? ` by ${generatedBy.name}`
      : "";
  // A title that was not chosen begins with the type and the place.
  const what = title.startsWith(typeLabel) ? "" : [typeLabel, placeWords(place)].filter(Boolean).join(" of ");
  return [...(what ? [what] : []), `${formatDay(period.start)} - ${formatDay(last)}`, `${made}${by}`].join(
    " · ",
  );
}
