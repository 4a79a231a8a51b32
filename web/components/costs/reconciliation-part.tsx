"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { problemText } from "../../lib/api.ts";
import { addDays } from "../../lib/days.ts";
import { formatCount, formatDay } from "../../lib/format.ts";
import type { Month } from "../../lib/months.ts";
import { useTRPC } from "../../lib/trpc.ts";
import type { AppRouter } from "../../server/trpc.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice } from "../ui/filter-field.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ComparedTable } from "./compared-table.tsx";
import { CostSection } from "./cost-section.tsx";
import type { CostsAddress } from "./costs-address.ts";
import { VerdictMark } from "./verdict-mark.tsx";

type Reconciliation = inferRouterOutputs<AppRouter>["reconcile_costs"];
type Reconciled = Reconciliation["connections"][number];

const kindWords = { billed: "Billed", effective: "Effective" } as const;

const headlines: Readonly<Record<Reconciliation["verdict"], string>> = {
  to_the_cent: "All of it ties out to the cent.",
  within_1_percent: "It ties out within 1 %.",
  differs: "Some of it differs.",
  unknown: "Not all of it could be compared.",
};

/** What is stored against what the provider (or its files) say, by connection, service and day. */
export function ReconciliationPart({
  month,
  kind,
  onChange,
}: {
  month: Month;
  kind: CostsAddress["kind"];
  onChange(part: Partial<CostsAddress>): void;
}) {
  const trpc = useTRPC();
  const connections = useQuery(trpc.get_data_freshness.queryOptions({}));
  // A real provider counts each question against the limits that syncing needs: it is asked when somebody wants it.
  const isFree = connections.data?.sources.every((source) => ["sandbox", "focus"].includes(source.kind));
  // Half a load differs from any total, and alarms for nothing: it is compared when it is whole.
  const isLoading = connections.data?.isLoading === true;
  const input = { period: { start: month.start, end: month.end }, costKind: kind };
  const options = {
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isFree === true && !isLoading,
  };
  const reconciliation = useQuery(trpc.reconcile_costs.queryOptions(input, options));
  const { data, isFetching } = reconciliation;
  return (
    <CostSection
      title="Does it tie out?"
      text={
        data ? (
          <>
            {headlines[data.verdict]} {formatDay(data.period.start)} to{" "}
            {formatDay(addDays(data.period.end, -1))}.
          </>
        ) : (
          `What is stored of ${month.label} against the provider's own total.`
        )
      }
      choices={
        <>
          <div className="w-28">
            <FilterChoice
              label="By day and service"
              value={kind}
              onPick={(picked) => onChange({ kind: picked as CostsAddress["kind"] })}
            >
              {Object.entries(kindWords).map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </FilterChoice>
          </div>
          <Button
            className="self-end"
            disabled={isFetching || isFree === undefined || (isFree && isLoading)}
            onClick={() => reconciliation.refetch()}
          >
            {isFetching ? "Comparing…" : data ? "Compare again" : "Compare"}
          </Button>
        </>
      }
    >
      <Problem text={reconciliation.isError ? problemText(reconciliation.error) : null} />
      {isFetching && !data && <Skeleton className="h-64 rounded-lg border bg-surface" />}
      {!data && isFree === true && isLoading && (
        <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted">
          A load is running. It is compared with the provider's totals as soon as it is done.
        </p>
      )}
      {!isFetching && !data && !reconciliation.isError && isFree === false && (
        <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted">
          The provider is asked for its totals when you press Compare: it limits how often it answers.
        </p>
      )}
      <div className="space-y-4">
        {data?.connections.map((connection) => (
          <Connection key={connection.connection} connection={connection} />
        ))}
      </div>
    </CostSection>
  );
}

function Connection({ connection }: { connection: Reconciled }) {
  const { comparedWith, totals, services, days, rows, notes } = connection;
  const other = comparedWith === "provider_now" ? "Provider, now" : "Files, as read";
  return (
    <section
      aria-label={`Reconciliation of ${connection.connection}`}
      className="overflow-hidden rounded-lg border bg-surface"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2 text-sm">
        <h3 className="font-medium">{visibleLine(connection.connection)}</h3>
        <VerdictMark verdict={connection.verdict} />
      </header>
      <ComparedTable
        caption={`Totals of ${connection.connection}`}
        of="Total"
        other={other}
        rows={totals.map((row) => ({
          ...row,
          label: `${kindWords[row.costKind as "billed"] ?? row.costKind} cost`,
        }))}
      />
      <Folded summary={summaryOf("service", services.length, connection.differingServiceCount)}>
        <ComparedTable
          caption={`Services of ${connection.connection}`}
          of="Service"
          other={other}
          rows={services.map((row) => ({ ...row, label: row.service || "(none)" }))}
        />
      </Folded>
      <Folded summary={summaryOf("day", days.length, connection.differingDayCount)}>
        <ComparedTable
          caption={`Days of ${connection.connection}`}
          of="Day"
          other={other}
          rows={days.map((row) => ({ ...row, label: formatDay(row.day) }))}
        />
      </Folded>
      {(rows || notes.length > 0) && (
        <p className="border-t px-3 py-2 text-muted text-xs">
          {rows && `${formatCount(rows.stored)} rows stored of ${formatCount(rows.source)} in the files. `}
          {notes.join(" ")}
        </p>
      )}
    </section>
  );
}

function summaryOf(what: "service" | "day", count: number, differing: number): string {
  const all = `By ${what}, ${formatCount(count)} ${count === 1 ? "line" : "lines"}`;
  return differing > 0 ? `${all}: ${formatCount(differing)} not to the cent` : `${all}: each ties out`;
}

function Folded({ summary, children }: { summary: string; children: React.ReactNode }) {
  return (
    <details className="border-t">
      <summary className="cursor-pointer px-3 py-2 text-muted text-sm -outline-offset-2 hover:text-foreground">
        {summary}
      </summary>
      <div className="border-t">{children}</div>
    </details>
  );
}
