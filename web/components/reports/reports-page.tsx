"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Section, SettingsPage } from "../access/section.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ReportForm } from "./report-form.tsx";
import { ReportRow } from "./report-row.tsx";
import { ScheduleList } from "./schedule-list.tsx";

const pageSize = 20;
const mostShown = 100;

/** What was found, kept as it was and printed: make one, follow it, take it along. */
export function ReportsPage() {
  const trpc = useTRPC();
  const { data: session } = useSession();
  const [limit, setLimit] = useState(pageSize);
  const list = useQuery(
    trpc.list_reports.queryOptions(
      { limit },
      {
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          state.data?.reports.some(({ status }) => status === "pending" || status === "running")
            ? 1_000
            : false,
      },
    ),
  );
  const makes = may(session, "reports:create");
  const reports = list.data?.reports ?? [];
  const total = list.data?.totalCount ?? 0;
  return (
    <SettingsPage
      title="Reports"
      text="Figures as they were when the report was made, the same that the chat answers with."
    >
      {makes && (
        <Section
          title="New report"
          text="It is made in the background and stays as it is; or have one made each week or month."
        >
          <ReportForm />
        </Section>
      )}
      <ScheduleList person={session?.person} makes={makes} />
      <section aria-labelledby="made-reports" className="border-t py-6">
        <h2 id="made-reports" className="pb-3 font-medium">
          Reports
        </h2>
        <Problem text={list.isError ? problemText(list.error) : null} className="mb-3" />
        {list.isPending && <Skeleton className="h-40 rounded-lg border bg-surface" />}
        {list.data && total === 0 && <NothingYet makes={makes} />}
        {reports.length > 0 && (
          <ul className="divide-y rounded-lg border bg-surface">
            {reports.map((report) => (
              <ReportRow
                key={report.id}
                report={report}
                mayDelete={
                  makes &&
                  (session?.person?.role === "admin" || session?.person?.id === report.generatedBy.id)
                }
              />
            ))}
          </ul>
        )}
        {total > reports.length && reports.length < mostShown && (
          <Button size="small" variant="ghost" className="mt-2" onClick={() => setLimit(mostShown)}>
            Show more
          </Button>
        )}
      </section>
    </SettingsPage>
  );
}

function NothingYet({ makes }: { makes: boolean }) {
  return (
    <div className="rounded-lg border border-dashed px-6 py-12 text-center">
      <FileText size={20} className="mx-auto text-faint" />
      <p className="mt-3 font-medium">No reports yet</p>
      <p className="mx-auto mt-1 max-w-sm text-muted text-sm">
        {makes
          ? "Choose what to tell and the days it is about. The report will be here to download as PDF or HTML."
          : "What a member of your organization makes will be here to download."}
      </p>
    </div>
  );
}
