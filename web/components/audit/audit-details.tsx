"use client";
import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { spelledJson, visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { Sheet } from "../ui/sheet.tsx";
import { actionTitle, personText, throughText, timeText } from "./audit-words.ts";
import { Outcome } from "./outcome.tsx";

/** Everything that one row holds. */
export function AuditDetails({ row, onClose }: { row: AuditRow | null; onClose(): void }) {
  return (
    <Sheet
      open={row !== null}
      onOpenChange={(open) => !open && onClose()}
      side="right"
      title={row ? `Row ${row.sequence} of the audit log` : "Audit log"}
    >
      {row && <Body row={row} />}
    </Sheet>
  );
}

function Body({ row }: { row: AuditRow }) {
  const role = (row.details.by as { role?: unknown } | undefined)?.role;
  const facts: [string, React.ReactNode][] = [
    ["Time", `${timeText(row.time)}${row.time.slice(19, 23)} UTC`],
    ["Person", personText(row)],
    ["Role then", typeof role === "string" ? role : null],
    ["Through", throughText(row)],
    ["Address", row.ipAddress],
    ["Action", <code key="action">{visibleLine(row.action)}</code>],
    [
      row.resourceType ? actionTitle(row.resourceType) : "Resource",
      row.resourceId && visibleLine(row.resourceId),
    ],
    ["Person's id", row.person.id],
    ["Row's id", row.id],
  ];
  return (
    <div className="scroll-calm min-h-0 flex-1 overflow-y-auto p-5">
      <p className="pr-10 text-muted text-xs">Row {row.sequence}</p>
      <h2 className="mt-0.5 pr-10 font-semibold text-base">{actionTitle(row.action)}</h2>
      <p className="mt-1 text-sm">
        <Outcome outcome={row.outcome} />
      </p>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-all tabular-nums">{value}</dd>
            </div>
          ))}
      </dl>
      <h3 className="mt-5 font-medium text-sm">Details</h3>
      <pre className="mt-1.5 whitespace-pre-wrap break-all rounded-lg border bg-sidebar p-3 font-mono text-xs leading-5">
        {spelledJson(row.details, 2)}
      </pre>
    </div>
  );
}
