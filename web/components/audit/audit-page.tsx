"use client";
import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { problemText } from "../../lib/api.ts";
import { formatCount } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AuditDetails } from "./audit-details.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditRows } from "./audit-rows.tsx";
import { ChainState } from "./chain-state.tsx";
import { type AuditFilter, noFilter, pageSize, useAuditPage } from "./use-audit.ts";

/** Who did, tried or was refused what; and whether anybody touched the log since. */
export function AuditPage() {
  const [filter, setFilter] = useState(noFilter);
  /** Where each page before this one began: the way back. */
  const [pages, setPages] = useState<(number | null)[]>([null]);
  const [open, setOpen] = useState<AuditRow | null>(null);
  // Typing stays quick while the rows follow.
  const page = useAuditPage(useDeferredValue(filter), pages.at(-1)!);
  const { data } = page;

  const changeFilter = (next: AuditFilter) => {
    setFilter(next);
    setPages([null]);
  };
  const first = (pages.length - 1) * pageSize + 1;
  return (
    <main id="main" className="scroll-calm min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[1280px] px-4 py-8 sm:px-6">
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h1 className="font-semibold text-xl tracking-[-0.015em]">Audit log</h1>
          <ChainState />
        </header>
        <div className="mt-5">
          <AuditFilters filter={filter} actions={data?.actions ?? []} onChange={changeFilter} />
        </div>
        <div className="mt-4">
          <Problem text={page.isError ? problemText(page.error) : null} className="mb-3" />
          {page.isPending && <Skeleton className="h-[480px] rounded-lg border bg-surface" />}
          {data && data.rows.length > 0 && (
            <AuditRows rows={data.rows} stale={page.isPlaceholderData} onOpen={setOpen} />
          )}
          {data?.rows.length === 0 && <NoRows filtered={Object.values(filter).some(Boolean)} />}
        </div>
        {data && data.rows.length > 0 && (
          <footer className="mt-3 flex items-center justify-between gap-3 text-muted text-sm tabular-nums">
            <p aria-live="polite">
              {formatCount(first)}–{formatCount(first + data.rows.length - 1)} of{" "}
              {formatCount(data.totalCount)}
            </p>
            <div className="flex gap-2">
              <Button size="small" disabled={pages.length === 1} onClick={() => setPages(pages.slice(0, -1))}>
                <ChevronLeft size={13} /> Newer
              </Button>
              <Button
                size="small"
                disabled={data.olderThan === null || page.isPlaceholderData}
                onClick={() => setPages([...pages, data.olderThan])}
              >
                Older <ChevronRight size={13} />
              </Button>
            </div>
          </footer>
        )}
      </div>
      <AuditDetails row={open} onClose={() => setOpen(null)} />
    </main>
  );
}

function NoRows({ filtered }: { filtered: boolean }) {
  return (
    <div className="rounded-lg border border-dashed px-6 py-14 text-center">
      <p className="font-medium">{filtered ? "No row fits these filters" : "Nothing was audited yet"}</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">
        Every write, decision, sign-in and refusal of your organization is kept here and cannot be changed.
      </p>
    </div>
  );
}
