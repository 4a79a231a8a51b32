"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { memo } from "react";
import { cn } from "../../lib/cn.ts";
import { moment } from "../access/moment.ts";
import { moneyText } from "./proposal-words.ts";
import { RiskMark } from "./risk-mark.tsx";
import { StatusMark } from "./status-mark.tsx";
import type { ProposalRow } from "./use-proposals.ts";

/** The list: one line each where there is room, two where there is not. One of them is the keyboard's stop. */
export function ProposalRows({
  rows,
  current,
  onOpen,
}: {
  rows: readonly ProposalRow[];
  /** The id of the one that is open. */
  current: string | null;
  onOpen(id: string): void;
}) {
  const stop = rows.some(({ id }) => id === current) ? current : rows[0]?.id;
  return (
    <div className="@container overflow-hidden rounded-lg border bg-surface">
      <Headings />
      <ul aria-label="Proposals" className="divide-y">
        {rows.map((row) => (
          <Row key={row.id} row={row} open={row.id === current} isStop={row.id === stop} onOpen={onOpen} />
        ))}
      </ul>
    </div>
  );
}

/** The columns of a wide list, with room for the sign of the status before them. */
const columns = "@3xl:grid-cols-[14px_minmax(0,5fr)_minmax(0,4fr)_76px_110px_68px_minmax(0,140px)_150px]";

/** What the columns are, for eyes; each row says it for itself where it is heard. */
function Headings() {
  return (
    <div
      aria-hidden="true"
      className={cn("hidden gap-x-3 border-b px-3 py-1.5 font-medium text-muted text-xs @3xl:grid", columns)}
    >
      <span />
      <span>Change</span>
      <span>Resources</span>
      <span>Risk</span>
      <span className="text-right">Saves a month</span>
      <span>Approvals</span>
      <span>Proposed by</span>
      <span className="text-right">When</span>
    </div>
  );
}

const Row = memo(function Row({
  row,
  open,
  isStop,
  onOpen,
}: {
  row: ProposalRow;
  open: boolean;
  isStop: boolean;
  onOpen(id: string): void;
}) {
  const saving = moneyText(row.monthlySavings);
  const more = row.resourceCount - row.resourceNames.length;
  const names = row.resourceNames.map(visibleLine).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return (
    // Rows out of sight are neither laid out nor painted: 200 scroll like 20.
    <li className="[contain-intrinsic-size:auto_48px] [content-visibility:auto] @3xl:[contain-intrinsic-size:auto_37px]">
      <button
        type="button"
        data-proposal={row.id}
        tabIndex={isStop ? 0 : -1}
        aria-current={open ? "true" : undefined}
        onClick={() => onOpen(row.id)}
        className={cn(
          "grid w-full grid-cols-[auto_1fr_auto] items-center gap-x-3 px-3 py-1.5 text-left text-sm tabular-nums -outline-offset-2 hover:bg-hover",
          "@3xl:py-2",
          columns,
          open && "bg-selected",
        )}
      >
        <StatusMark status={row.status} iconOnly />
        <span className="min-w-0 truncate font-medium">{visibleLine(row.headline)}</span>
        <span className="hidden min-w-0 truncate text-muted @3xl:block">{names}</span>
        <span className="hidden @3xl:block">
          <RiskMark risk={row.risk} />
        </span>
        <span className="whitespace-nowrap text-right">
          {saving && <span className="sr-only">saves a month </span>}
          {saving ?? <span className="text-muted">–</span>}
        </span>
        <span className="hidden text-muted @3xl:block">
          <span className="sr-only">approvals </span>
          {row.approvalCount}/{row.requiredApprovers}
        </span>
        <span className="hidden min-w-0 truncate text-muted @3xl:block">
          {visibleLine(row.proposedBy.name)}
        </span>
        <span className="hidden whitespace-nowrap text-right text-muted @3xl:block">
          {moment(row.createdAt)}
        </span>
        <span className="col-start-2 col-end-4 flex h-5 min-w-0 items-center gap-3 text-muted text-xs @3xl:hidden">
          <span className="min-w-0 flex-1 truncate">{names}</span>
          <RiskMark risk={row.risk} />
          <span>
            {row.approvalCount}/{row.requiredApprovers}
          </span>
        </span>
      </button>
    </li>
  );
});
