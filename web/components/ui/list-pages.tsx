import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatCount } from "../../lib/format.ts";
import { Button } from "./button.tsx";

/** Which part of the list is shown, and the way to the next. */
export function ListPages({
  page,
  pageSize,
  data,
  onPage,
}: {
  /** From 1. */
  page: number;
  pageSize: number;
  data: { offset: number; totalCount: number; rows: readonly unknown[] };
  onPage(page: number): void;
}) {
  const { offset, totalCount, rows } = data;
  if (rows.length === 0) return null;
  return (
    <footer className="mt-3 flex items-center justify-between gap-3 text-muted text-sm tabular-nums">
      <p aria-live="polite">
        {formatCount(offset + 1)}–{formatCount(offset + rows.length)} of {formatCount(totalCount)}
      </p>
      {totalCount > pageSize && (
        <div className="flex gap-2">
          <Button size="small" disabled={page === 1} onClick={() => onPage(page - 1)}>
            <ChevronLeft size={13} /> Back
          </Button>
          <Button size="small" disabled={page * pageSize >= totalCount} onClick={() => onPage(page + 1)}>
            Next <ChevronRight size={13} />
          </Button>
        </div>
      )}
    </footer>
  );
}
