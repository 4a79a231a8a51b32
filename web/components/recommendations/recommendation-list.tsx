"use client";
import { useMemo } from "react";
import { problemText } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";
import { useRowKeys } from "../../lib/use-row-keys.ts";
import { Button } from "../ui/button.tsx";
import { ListPages } from "../ui/list-pages.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyList } from "./empty-list.tsx";
import { homeAddress, type PageAddress } from "./page-address.ts";
import { RecommendationFilters } from "./recommendation-filters.tsx";
import { RecommendationTable } from "./recommendation-table.tsx";
import { statusWords } from "./recommendation-words.ts";
import { SavingsSummary } from "./savings-summary.tsx";
import { pageSize, type RecommendationPage, useRecommendationPage } from "./use-recommendations.ts";

export interface PartProps {
  address: PageAddress;
  onChange(part: Partial<PageAddress>): void;
  onOpen(id: string | null): void;
}

/** The recommendations of one status: what they save, what to narrow them by, and a page of them. */
export function RecommendationList({ address, onChange, onOpen }: PartProps) {
  const page = useRecommendationPage(address);
  const { data } = page;
  const ids = useMemo(() => data?.rows.map(({ id }) => id) ?? [], [data]);
  useRowKeys({ attribute: "recommendation", ids, current: address.id, onOpen });
  const narrow = (part: Partial<PageAddress>) => onChange({ ...part, page: 1 });
  const { status, type, risk, effort, subscription, text } = address;
  const narrowed = Boolean(type || risk || effort || subscription || text.trim());
  // Of a status with nothing in it there is nothing to total or to narrow.
  const hasSome = data?.statuses.find((one) => one.status === status)?.count !== 0;
  return (
    <>
      <Statuses
        picked={status}
        statuses={data?.statuses}
        onPick={(picked) => narrow({ status: picked, id: null })}
      />
      {hasSome && (
        <>
          <SavingsSummary
            address={address}
            onPlan={() => onChange({ part: "plan", riskUpTo: "high", id: null })}
          />
          <div className="mt-4">
            <RecommendationFilters address={address} page={data} narrowed={narrowed} onChange={narrow} />
          </div>
        </>
      )}
      <div className="mt-3">
        <Problem text={page.isError ? problemText(page.error) : null} className="mb-3" />
        {page.isError && <Button onClick={() => page.refetch()}>Try again</Button>}
        {page.isPending && <Skeleton className="h-[480px] rounded-lg border bg-surface" />}
        {data?.order && data.rows.length > 1 && <p className="mb-2 text-faint text-xs">{data.order.why}</p>}
        {data && data.rows.length > 0 && (
          <RecommendationTable
            rows={data.rows}
            address={address}
            stale={page.isPlaceholderData}
            onSort={(sort) => narrow({ sort })}
            onOpen={onOpen}
          />
        )}
        {data && data.rows.length === 0 && (
          <EmptyList
            status={status}
            narrowed={narrowed}
            beyond={data.totalCount > 0}
            onClear={() => onChange({ ...homeAddress, id: address.id, status, sort: address.sort })}
          />
        )}
        {data && (
          <ListPages
            page={address.page}
            pageSize={pageSize}
            data={data}
            onPage={(next) => onChange({ page: next })}
          />
        )}
      </div>
    </>
  );
}

function Statuses({
  picked,
  statuses,
  onPick,
}: {
  picked: PageAddress["status"];
  statuses: RecommendationPage["statuses"] | undefined;
  onPick(status: PageAddress["status"]): void;
}) {
  const counts = new Map(statuses?.map(({ status, count }) => [status, count]));
  return (
    <fieldset className="scroll-calm flex min-w-0 gap-1 overflow-x-auto">
      <legend className="sr-only">Status</legend>
      {(Object.keys(statusWords) as PageAddress["status"][]).map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={picked === status}
          onClick={() => onPick(status)}
          className={cn(
            "flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm -outline-offset-2 transition-colors hover:bg-hover",
            picked === status ? "bg-selected font-medium" : "text-muted",
          )}
        >
          {statusWords[status]}
          {/* The place is kept, so that nothing moves when the number comes. */}
          <span className="min-w-4 text-center text-muted text-xs tabular-nums">
            {counts.has(status) ? formatCount(counts.get(status)!) : ""}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
