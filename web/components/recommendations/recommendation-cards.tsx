"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { cn } from "../../lib/cn.ts";
import { formatMoney } from "../../lib/format.ts";
import { RiskMark } from "../proposals/risk-mark.tsx";
import { RecommendationLink } from "./recommendation-link.tsx";
import { shortEffort } from "./recommendation-words.ts";
import type { RecommendationRow } from "./use-recommendations.ts";

export interface RowsProps {
  rows: readonly RecommendationRow[];
  /** The id of the one that is open. */
  current: string | null;
  onOpen(id: string): void;
}

/** The same rows for a phone, or beside an open one. */
export function RecommendationCards({ rows, current, onOpen }: RowsProps) {
  return (
    <ul aria-label="Recommendations" className="divide-y @3xl:hidden">
      {rows.map((row) => (
        <li key={row.id}>
          <RecommendationLink
            id={row.id}
            current={row.id === current}
            onOpen={onOpen}
            className={cn(
              "block px-3 py-2.5 font-normal text-sm tabular-nums -outline-offset-2 hover:bg-hover",
              row.id === current && "bg-selected",
            )}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere] font-medium">{visibleLine(row.title)}</span>
              <span className="shrink-0 whitespace-nowrap font-medium">
                {row.monthlySavings ? (
                  formatMoney(row.monthlySavings.value, row.monthlySavings.currency)
                ) : (
                  <span className="font-normal text-muted">not known</span>
                )}
              </span>
            </span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-3 text-muted text-xs">
              <span>{row.typeLabel}</span>
              <span>
                <span className="sr-only">risk </span>
                <RiskMark risk={row.risk} />
              </span>
              <span>{shortEffort[row.effort]}</span>
            </span>
          </RecommendationLink>
        </li>
      ))}
    </ul>
  );
}
