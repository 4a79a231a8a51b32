"use client";
import { useState } from "react";
import { cn } from "../../lib/cn.ts";
import { formatCell, isNumeric, type TableModel } from "../../lib/view-table.ts";
import { Button } from "../ui/button.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";

const rowsAtFirst = 12;

/** Rows of exact values: numbers to the right in tabular figures, the unit once in the header. */
export function TableView({ table, highlight }: { table: TableModel; highlight?: number }) {
  const [all, setAll] = useState(highlight !== undefined && highlight >= rowsAtFirst);
  const { columns, rows, currency } = table;
  const shown = all ? rows : rows.slice(0, rowsAtFirst);
  return (
    <div>
      <ScrollRegion label="Table" className="max-h-[420px]">
        <table className="w-full border-collapse text-sm tabular-nums">
          <thead className="sticky top-0 bg-surface">
            <tr>
              {columns.map(({ key, label, format }) => (
                <th
                  key={key}
                  scope="col"
                  className={cn(
                    "whitespace-nowrap border-b py-1.5 pr-4 font-medium text-muted text-xs last:pr-0",
                    isNumeric(format) ? "text-right" : "text-left",
                  )}
                >
                  {label}
                  {currency && (format === "money" || format === "change") ? ` (${currency})` : ""}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and never move
                key={index}
                className={cn("hover:bg-hover", index === highlight && "bg-accent-soft hover:bg-accent-soft")}
                aria-current={index === highlight || undefined}
              >
                {columns.map(({ key, format }) => (
                  <td
                    key={key}
                    className={cn(
                      "border-b py-1.5 pr-4 align-top last:pr-0",
                      isNumeric(format) ? "whitespace-nowrap text-right" : "min-w-24 break-words",
                    )}
                  >
                    {formatCell(row[key], format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown.length && (
        <Button variant="ghost" size="small" className="mt-2 -ml-2" onClick={() => setAll(true)}>
          Show all {rows.length} rows
        </Button>
      )}
      {rows.length === 0 && <p className="py-4 text-muted text-sm">No rows.</p>}
    </div>
  );
}
