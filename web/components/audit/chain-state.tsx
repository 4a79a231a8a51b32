"use client";
import { CircleAlert, RefreshCw, ShieldCheck } from "lucide-react";
import { formatCount } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useAuditCheck } from "./use-audit.ts";

/** Whether anything was changed, removed, reordered or cut off, and when that was last checked. */
export function ChainState() {
  const check = useAuditCheck();
  const again = (
    <Tooltip label="Check again">
      <Button
        variant="ghost"
        size="icon-small"
        aria-label="Check the audit log again"
        disabled={check.isFetching}
        onClick={() => check.refetch()}
      >
        <RefreshCw size={13} className={check.isFetching ? "animate-wait" : undefined} />
      </Button>
    </Tooltip>
  );
  if (check.isPending) return <Skeleton className="h-7 w-64" />;
  if (check.isError) {
    return (
      <p role="alert" className="flex items-center gap-2 text-sm text-worse">
        Not checked: {check.error.message} {again}
      </p>
    );
  }
  const { intact, rowCount, broken, checkedAt, head } = check.data;
  const checked = `checked ${checkedAt.slice(11, 16)} UTC`;
  if (!intact) {
    return (
      <div role="alert" className="flex w-full items-start gap-2.5 rounded-lg border bg-worse-soft px-3 py-2">
        <CircleAlert size={16} className="mt-0.5 shrink-0 text-worse" />
        <p className="min-w-0 flex-1 text-sm">
          <span className="font-medium text-worse">The audit log was tampered with.</span>{" "}
          <span className="break-words">
            {capitalized(broken?.problem ?? "")}. {formatCount(rowCount)} rows before it are intact, {checked}
            .
          </span>
        </p>
        {again}
      </div>
    );
  }
  const rows = `${formatCount(rowCount)} ${rowCount === 1 ? "row" : "rows"}`;
  return (
    <p className="flex items-center gap-2 text-muted text-sm" title={head ? `Head ${head.mac}` : undefined}>
      <ShieldCheck size={15} className="shrink-0 text-better" />
      <span>
        Intact, {rows}, {checked}
      </span>
      {again}
    </p>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
