"use client";
import { useCallback, useMemo } from "react";
import { problemText } from "../../lib/api.ts";
import { addDays } from "../../lib/days.ts";
import { formatCount, formatDay, formatMoney } from "../../lib/format.ts";
import { useRowKeys } from "../../lib/use-row-keys.ts";
import { Button } from "../ui/button.tsx";
import { ListPages } from "../ui/list-pages.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyInventory } from "./empty-inventory.tsx";
import { ExistenceFilter } from "./existence-filter.tsx";
import { homeAddress, type InventoryAddress, noFilters } from "./inventory-address.ts";
import { InventoryFilters } from "./inventory-filters.tsx";
import { InventoryTable } from "./inventory-table.tsx";
import { ResourcePanel } from "./resource-panel.tsx";
import { TypeCounts } from "./type-counts.tsx";
import {
  type InventoryCounts,
  pageSize,
  useInventoryAddress,
  useInventoryCounts,
  useInventoryPage,
} from "./use-inventory.ts";

/** Everything the scans and the bill know, narrowed and counted; one resource open beside it. */
export function InventoryPage() {
  const { address, change, go } = useInventoryAddress();
  const { id } = address;
  const page = useInventoryPage(address);
  const counts = useInventoryCounts(address);
  const { data } = page;
  const open = useCallback((opened: string | null) => go({ id: opened }), [go]);
  const ids = useMemo(() => data?.rows.map((row) => row.id) ?? [], [data]);
  useRowKeys({ attribute: "resource", ids, current: id, onOpen: open });
  const narrow = (part: Partial<InventoryAddress>) => change({ ...part, page: 1 });
  const narrowed = Object.entries(noFilters).some(
    ([name, empty]) => address[name as keyof typeof noFilters] !== empty,
  );
  return (
    <div className="flex min-h-0 flex-1">
      <main id="main" className="scroll-calm min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1280px] px-4 py-8 sm:px-6">
          <h1 className="font-semibold text-xl tracking-[-0.015em]">Inventory</h1>
          <Summary totalCount={data?.totalCount} counts={counts.data} />
          <div className="mt-4">
            <ExistenceFilter
              picked={address.existence}
              counts={counts.data?.existence}
              onPick={(existence) => narrow({ existence, id: null })}
            />
          </div>
          <div className="mt-3">
            <InventoryFilters address={address} counts={counts.data} narrowed={narrowed} onChange={narrow} />
          </div>
          <div className="mt-3">
            <TypeCounts
              types={counts.data?.types}
              picked={address.type}
              onPick={(type) => narrow({ type })}
            />
          </div>
          <div className="mt-3">
            <Problem
              text={
                page.isError ? problemText(page.error) : counts.isError ? problemText(counts.error) : null
              }
              className="mb-3"
            />
            {page.isError && <Button onClick={() => page.refetch()}>Try again</Button>}
            {page.isPending && <Skeleton className="h-[480px] rounded-lg border bg-surface" />}
            {data && data.rows.length > 0 && (
              <InventoryTable
                rows={data.rows}
                address={address}
                stale={page.isPlaceholderData}
                onSort={(sort) => narrow({ sort })}
                onOpen={open}
              />
            )}
            {data && data.rows.length === 0 && (
              <EmptyInventory
                existence={address.existence}
                narrowed={narrowed}
                beyond={data.totalCount > 0}
                unknown={data.allCount === 0}
                onClear={() =>
                  change({ ...homeAddress, id, existence: address.existence, sort: address.sort })
                }
              />
            )}
            {data && (
              <ListPages
                page={address.page}
                pageSize={pageSize}
                data={data}
                onPage={(next) => change({ page: next })}
              />
            )}
          </div>
        </div>
      </main>
      <ResourcePanel id={id} onOpen={open} />
    </div>
  );
}

/** How many, and what they cost together; the place is kept while it is asked for. */
function Summary({
  totalCount,
  counts,
}: {
  totalCount: number | undefined;
  counts: InventoryCounts | undefined;
}) {
  if (totalCount === undefined || !counts) return <Skeleton className="mt-2 h-4 w-64" />;
  const { totalCost, period } = counts;
  const cost = totalCost.map(({ value, currency }) => formatMoney(value, currency)).join(" and ");
  return (
    <p className="mt-1 text-muted text-sm tabular-nums">
      {formatCount(totalCount)} {totalCount === 1 ? "resource" : "resources"}
      {cost && (
        <>
          {" "}
          · {cost} <span className="whitespace-nowrap">effective cost,</span>{" "}
          <span className="whitespace-nowrap">
            {formatDay(period.start)} to {formatDay(addDays(period.end, -1))}
          </span>
        </>
      )}
    </p>
  );
}
