"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { ArrowDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../../lib/cn.ts";
import { formatAmount, formatDay, formatMoney } from "../../lib/format.ts";
import { RiskMark } from "../proposals/risk-mark.tsx";
import type { Sort } from "./page-address.ts";
import { RecommendationCards, type RowsProps } from "./recommendation-cards.tsx";
import { RecommendationLink } from "./recommendation-link.tsx";
import { confidenceText, effortWords } from "./recommendation-words.ts";
import type { RecommendationRow } from "./use-recommendations.ts";

interface TableProps extends RowsProps {
  sort: Sort;
  /** The rows are of an earlier choice. */
  stale: boolean;
  onSort(sort: Sort): void;
}

/** A dense table where there is room, cards where there is not. */
export function RecommendationTable(props: TableProps) {
  return (
    <div
      className={cn(
        "@container rounded-lg border bg-surface transition-opacity",
        props.stale && "opacity-50",
      )}
      aria-busy={props.stale}
    >
      <Table {...props} />
      <RecommendationCards {...props} />
    </div>
  );
}

function Table({ rows, current, sort, onSort, onOpen }: TableProps) {
  const currencies = new Set(rows.flatMap(({ monthlySavings }) => monthlySavings?.currency ?? []));
  const [single] = currencies.size === 1 ? currencies : [];
  const head = (own: Sort) => ({ own, sort, onSort });
  return (
    <table className="hidden w-full border-collapse text-sm tabular-nums @3xl:table">
      <caption className="sr-only">Recommendations; savings are each alone and do not add up</caption>
      <thead>
        <tr>
          <Head {...head("title")}>Recommendation</Head>
          <Head>Subscription</Head>
          <Head {...head("risk")}>Risk</Head>
          <Head {...head("effort")}>Effort</Head>
          <Head {...head("confidence")} right>
            Confidence
          </Head>
          <Head {...head("newest")} right className="hidden @5xl:table-cell">
            Found
          </Head>
          <Head {...head("savings")} right>
            {single ? `Saves a month, ${single}` : "Saves a month"}
          </Head>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          // The link in the row is the keyboard's way; the whole row is a larger target for the mouse.
          <tr
            key={row.id}
            className={cn("cursor-pointer hover:bg-hover", row.id === current && "bg-selected")}
            onClick={() => onOpen(row.id)}
          >
            <Cell className="min-w-64">
              <RecommendationLink id={row.id} current={row.id === current} onOpen={onOpen}>
                {visibleLine(row.title)}
              </RecommendationLink>
              <span className="block text-muted text-xs">{row.typeLabel}</span>
            </Cell>
            <Cell className="text-muted @5xl:whitespace-nowrap">
              {row.subscriptionName && visibleLine(row.subscriptionName)}
            </Cell>
            <Cell>
              <RiskMark risk={row.risk} />
            </Cell>
            <Cell>{effortWords[row.effort]}</Cell>
            <Cell className="text-right">{confidenceText(row.confidenceRatio)}</Cell>
            <Cell className="hidden whitespace-nowrap text-right text-muted @5xl:table-cell">
              {formatDay(row.since)}
            </Cell>
            <Cell className="whitespace-nowrap text-right font-medium">
              <Saving row={row} single={single !== undefined} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Saving({ row: { monthlySavings }, single }: { row: RecommendationRow; single: boolean }) {
  if (!monthlySavings) return <span className="font-normal text-muted">not known</span>;
  const { value, currency } = monthlySavings;
  return single ? formatAmount(value) : formatMoney(value, currency);
}

function Head({
  own,
  sort,
  onSort,
  right = false,
  className,
  children,
}: {
  /** What a press on it sorts by. */
  own?: Sort;
  sort?: Sort;
  onSort?(sort: Sort): void;
  right?: boolean;
  className?: string;
  children: string;
}) {
  const sorted = own !== undefined && own === sort;
  const rising = own === "title" || own === "risk" || own === "effort";
  return (
    <th
      scope="col"
      aria-sort={sorted ? (rising ? "ascending" : "descending") : undefined}
      className={cn(
        "border-b px-3 py-1.5 font-medium text-muted text-xs",
        right ? "text-right" : "text-left",
        className,
      )}
    >
      {own ? (
        <button
          type="button"
          className={cn(
            "inline-flex items-center gap-1 whitespace-nowrap hover:text-foreground",
            sorted && "text-foreground",
          )}
          onClick={() => onSort?.(own)}
        >
          {children}
          {sorted && <ArrowDown size={12} aria-hidden="true" className={cn(rising && "rotate-180")} />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

function Cell({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("border-b px-3 py-1.5 align-top", className)} {...props} />;
}
