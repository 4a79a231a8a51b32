"use client";
import { useEffect, useRef, useState } from "react";
import { cellText, isNumericCell } from "../../lib/cell-text.ts";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";

const rowsAtFirst = 20;

/** A tool's result as it was: its lists as tables, the figure's own fields marked, everything else by name. */
export function ResultRows({ output, pointers }: { output: unknown; pointers: string[] }) {
  const marked = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls once for each figure that is opened
  useEffect(() => {
    marked.current?.querySelector("[data-marked]")?.scrollIntoView({ block: "center" });
  }, [pointers.join()]);
  if (typeof output !== "object" || output === null) return null;
  const entries = Object.entries(output);
  const lists = entries.filter(([, value]) => isRowList(value)) as [string, Record<string, unknown>[]][];
  const facts = entries.filter(
    ([, value]) => !isRowList(value) && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <div ref={marked} className="mt-3 space-y-4">
      {lists.map(([name, rows]) => (
        <RowTable key={name} name={name} rows={rows} pointers={pointers} />
      ))}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs leading-5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className={cn("break-words font-mono", isMarked(pointers, `/${name}`) && "bg-accent-soft")}>
              {cellText(value)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function RowTable({
  name,
  rows,
  pointers,
}: {
  name: string;
  rows: Record<string, unknown>[];
  pointers: string[];
}) {
  const lastMarked = rows.findLastIndex((_, index) => isMarked(pointers, `/${name}/${index}`));
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, Math.max(rowsAtFirst, lastMarked + 1));
  const columns = [...new Set(rows.slice(0, 50).flatMap((row) => Object.keys(row)))].filter(
    (column) => !(column === "key" && rows.every((row) => row.key === row.label)),
  );
  return (
    <div>
      <p className="mb-1 text-muted text-xs">
        {name} · {rows.length}
      </p>
      <ScrollRegion label={name} className="max-h-96 rounded-lg border bg-surface">
        <table className="w-full border-collapse text-xs tabular-nums">
          <thead className="sticky top-0 bg-surface">
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={cn(
                    "whitespace-nowrap border-b px-3 py-1.5 font-medium text-muted",
                    rows.some((row) => isNumericCell(row[column])) ? "text-right" : "text-left",
                  )}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => {
              const marked = isMarked(pointers, `/${name}/${index}`);
              return (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: pointers name rows by their index
                  key={index}
                  data-marked={marked || undefined}
                  className={cn("border-b last:border-b-0", marked && "bg-accent-soft")}
                >
                  {columns.map((column) => (
                    <td
                      key={column}
                      className={cn(
                        "px-3 py-1.5 align-top",
                        isNumericCell(row[column]) ? "whitespace-nowrap text-right" : "min-w-24 break-words",
                        isMarked(pointers, `/${name}/${index}/${column}`) && "font-semibold text-accent",
                      )}
                    >
                      <div className="line-clamp-2" title={cellText(row[column])}>
                        {cellText(row[column])}
                      </div>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown.length && (
        <Button variant="ghost" size="small" className="mt-1 -ml-2" onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      )}
    </div>
  );
}

function isRowList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null)
  );
}

function isMarked(pointers: string[], prefix: string): boolean {
  return pointers.some((pointer) => pointer === prefix || pointer.startsWith(`${prefix}/`));
}
