"use client";
import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { cn } from "../../lib/cn.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { actionTitle, personText, subjectText, throughText, timeText } from "./audit-words.ts";
import { Outcome } from "./outcome.tsx";

const columns = ["Time (UTC)", "Person", "What", "Resource or input", "Outcome", "Through"];

export interface AuditRowsProps {
  rows: readonly AuditRow[];
  /** The rows are of an earlier question. */
  stale: boolean;
  onOpen(row: AuditRow): void;
}

/** A dense table where there is room, two lines a row where there is not; each row opens its details. */
export function AuditRows(props: AuditRowsProps) {
  return (
    <div className={cn("transition-opacity", props.stale && "opacity-50")} aria-busy={props.stale}>
      <ScrollRegion label="Audit log" className="hidden rounded-lg border bg-surface md:block">
        <AuditTable {...props} />
      </ScrollRegion>
      <AuditCards {...props} />
    </div>
  );
}

function AuditTable({ rows, onOpen }: AuditRowsProps) {
  return (
    <table className="w-full table-fixed border-collapse text-sm tabular-nums">
      <colgroup>
        <col className="w-44" />
        <col className="w-36" />
        <col className="w-48" />
        <col />
        <col className="w-24" />
        <col className="w-32" />
      </colgroup>
      <thead>
        <tr>
          {columns.map((label) => (
            <th
              key={label}
              scope="col"
              className="border-b px-3 py-1.5 text-left font-medium text-muted text-xs"
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          // The button in the row is the keyboard's way; the whole row is a larger target for the mouse.
          <tr key={row.sequence} className="cursor-pointer hover:bg-hover" onClick={() => onOpen(row)}>
            <Cell className="text-muted">{timeText(row.time)}</Cell>
            <Cell>{personText(row)}</Cell>
            <Cell>
              <button
                type="button"
                className="block max-w-full truncate text-left font-medium"
                aria-label={`${actionTitle(row.action)}, row ${row.sequence}: details`}
                onClick={(event) => {
                  event.stopPropagation();
                  onOpen(row);
                }}
              >
                {actionTitle(row.action)}
              </button>
            </Cell>
            <Cell className="text-muted" title={row.resourceId ?? undefined}>
              {subjectText(row)}
            </Cell>
            <Cell>
              <Outcome outcome={row.outcome} />
            </Cell>
            <Cell className="text-muted">{throughText(row)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ className, ...props }: React.ComponentProps<"td">) {
  return <td className={cn("truncate border-b px-3 py-1", className)} {...props} />;
}

function AuditCards({ rows, onOpen }: AuditRowsProps) {
  return (
    <ul className="divide-y rounded-lg border bg-surface md:hidden">
      {rows.map((row) => (
        <li key={row.sequence}>
          <button
            type="button"
            className="block w-full px-3 py-2 text-left text-sm hover:bg-hover"
            onClick={() => onOpen(row)}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="truncate font-medium">{actionTitle(row.action)}</span>
              <Outcome outcome={row.outcome} />
            </span>
            <span className="block truncate text-muted">{subjectText(row)}</span>
            <span className="block truncate text-faint text-xs tabular-nums">
              {timeText(row.time)} · {personText(row)} · {throughText(row)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
