"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { problemText } from "../../lib/api.ts";
import { formatCount, formatDay } from "../../lib/format.ts";
import { useTRPC } from "../../lib/trpc.ts";
import type { AppRouter } from "../../server/trpc.ts";
import { moment } from "../access/moment.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { Problem } from "../ui/problem.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CostSection } from "./cost-section.tsx";

type Freshness = inferRouterOutputs<AppRouter>["get_data_freshness"];
type Source = Freshness["sources"][number];

/** What is loaded: of which connection, which days, when, and from what. */
export function Loads() {
  const trpc = useTRPC();
  const freshness = useQuery(
    trpc.get_data_freshness.queryOptions(
      {},
      { refetchInterval: ({ state }) => (state.data?.isLoading ? 2_000 : false) },
    ),
  );
  const { data } = freshness;
  return (
    <CostSection title="What is loaded" text={data && sentence(data)}>
      <Problem text={freshness.isError ? problemText(freshness.error) : null} />
      {freshness.isPending && <Skeleton className="h-32 rounded-lg border bg-surface" />}
      {data?.sources.length === 0 && (
        <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted">
          No cost was loaded yet. Sync a cloud on the Connections page, or import a file as told below.
        </p>
      )}
      {data && data.sources.length > 0 && (
        <>
          <ScrollRegion label="Loaded costs" className="hidden rounded-lg border bg-surface md:block">
            <table className="w-full border-collapse text-sm tabular-nums">
              <thead>
                <tr>
                  <Head>Connection</Head>
                  <Head>Provider</Head>
                  <Head>Days</Head>
                  <Head>Last load</Head>
                  <Head right>Loads</Head>
                  <Head right>Rows</Head>
                </tr>
              </thead>
              <tbody className="[&>tr:last-child>td]:border-b-0">
                {data.sources.map((source) => (
                  <tr key={keyOf(source)}>
                    <Cell>
                      <span className="font-medium">{visibleLine(source.connection)}</span>
                      <Files source={source} />
                    </Cell>
                    <Cell>{source.label}</Cell>
                    <Cell className="whitespace-nowrap">{daysText(source)}</Cell>
                    <Cell className="whitespace-nowrap">{loadText(source)}</Cell>
                    <Cell className="text-right">{formatCount(source.deliveryCount)}</Cell>
                    <Cell className="text-right">{formatCount(source.rowCount)}</Cell>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <ul className="divide-y rounded-lg border bg-surface md:hidden">
            {data.sources.map((source) => (
              <li key={keyOf(source)} className="px-3 py-2.5 text-sm tabular-nums">
                <p className="flex justify-between gap-3">
                  <span className="font-medium">{visibleLine(source.connection)}</span>
                  <span className="text-muted">{source.label}</span>
                </p>
                <p>{daysText(source)}</p>
                <p className="text-muted text-xs">
                  {loadText(source)} · {formatCount(source.rowCount)} rows
                </p>
                <Files source={source} />
              </li>
            ))}
          </ul>
        </>
      )}
    </CostSection>
  );
}

const keyOf = ({ connection, provider }: Source) => `${connection} ${provider}`;

function sentence({ freshness, ageDays, rowCount, isLoading }: Freshness): string {
  if (!freshness.dataUntil) return isLoading ? "The first load is running." : "";
  const day = formatDay(freshness.dataUntil);
  const until =
    ageDays === 1 ? `yesterday, ${day}` : ageDays && ageDays > 1 ? `${day}, ${ageDays} days ago` : day;
  const loading = isLoading ? " A load is running; its rows appear all at once when it is done." : "";
  return `Data until ${until}; ${formatCount(rowCount)} rows.${loading}`;
}

function daysText({ dataFrom, dataUntil }: Source): string {
  return dataFrom && dataUntil ? `${formatDay(dataFrom)} to ${formatDay(dataUntil)}` : "none yet";
}

function loadText({ isLoading, loadedAt }: Source): string {
  if (isLoading) return "loading now";
  return loadedAt ? moment(loadedAt) : "never";
}

function Files({ source: { files } }: { source: Source }) {
  if (files.length === 0) return null;
  return (
    <details className="text-muted text-xs">
      <summary className="cursor-pointer hover:text-foreground">
        Newest {files.length === 1 ? "source" : `${files.length} sources`}
      </summary>
      <ul>
        {files.map((file) => (
          <li key={file} className="max-w-lg [overflow-wrap:anywhere]">
            {visibleLine(file)}
          </li>
        ))}
      </ul>
    </details>
  );
}
