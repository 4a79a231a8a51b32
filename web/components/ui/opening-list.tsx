"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";
import { formatAmount, formatMoney } from "../../lib/format.ts";
import { Cell, Head } from "./data-table.tsx";
import { PlaceLink } from "./place-link.tsx";

interface ListedRow {
  id: string;
  typeLabel: string;
}

interface ListProps<Row extends ListedRow> {
  /** What it lists, e.g. "Resources". */
  label: string;
  /** Said of the table to whoever hears it; without it only what it lists. */
  caption?: string;
  rows: readonly Row[];
  /** The id of the one that is open. */
  current: string | null;
  /** The rows are of an earlier choice. */
  stale: boolean;
  onOpen(id: string): void;
  /** The row's link: its address, and the data attribute by which the keys find it (use-row-keys.ts). */
  linkOf(row: Row): { href: string; [data: `data-${string}`]: string };
  nameOf(row: Row): string;
  /** The heading of the first column, and those between it and the money. */
  heads: ReactNode;
  /** The cells between the name and the money. */
  cells(row: Row): ReactNode;
  /** The last column, which sorts; a card has it beside the name. */
  money: { title: string; sorted: boolean; none: string; onSort(): void; of(row: Row): readonly Money[] };
  /** What a card says below the name, after the type. */
  facts(row: Row): ReactNode;
}

interface Money {
  value: string;
  currency: string;
}

/** Rows that open beside their list: a dense table where there is room, cards where there is not. */
export function OpeningList<Row extends ListedRow>(props: ListProps<Row>) {
  return (
    <div
      className={cn(
        "@container rounded-lg border bg-surface transition-opacity",
        props.stale && "opacity-50",
      )}
      aria-busy={props.stale}
    >
      <Table {...props} />
      <Cards {...props} />
    </div>
  );
}

function Table<Row extends ListedRow>(props: ListProps<Row>) {
  const { rows, current, money } = props;
  const currencies = new Set(rows.flatMap((row) => money.of(row).map(({ currency }) => currency)));
  const [single] = currencies.size === 1 ? currencies : [];
  return (
    <table className="hidden w-full border-collapse text-sm tabular-nums @3xl:table">
      <caption className="sr-only">{props.caption ?? props.label}</caption>
      <thead>
        <tr>
          {props.heads}
          <Head right sorted={money.sorted && "descending"} onSort={money.onSort}>
            {single ? `${money.title}, ${single}` : money.title}
          </Head>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          // The link in the row is the keyboard's way; the whole row is a larger target for the mouse.
          <tr
            key={row.id}
            className={cn("cursor-pointer hover:bg-hover", row.id === current && "bg-selected")}
            onClick={() => props.onOpen(row.id)}
          >
            <Cell className="min-w-56 [overflow-wrap:anywhere]">
              <RowLink list={props} row={row} className="font-medium">
                {visibleLine(props.nameOf(row))}
              </RowLink>
              <span className="block text-muted text-xs">{row.typeLabel}</span>
            </Cell>
            {props.cells(row)}
            <Cell className="whitespace-nowrap text-right font-medium">
              <Amounts money={money.of(row)} none={money.none} inSingle={single !== undefined} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same rows for a phone, or beside an open one. */
function Cards<Row extends ListedRow>(props: ListProps<Row>) {
  const { rows, current, money } = props;
  return (
    <ul aria-label={props.label} className="divide-y @3xl:hidden">
      {rows.map((row) => (
        <li key={row.id}>
          <RowLink
            list={props}
            row={row}
            className={cn(
              "block px-3 py-2.5 text-sm tabular-nums -outline-offset-2 hover:bg-hover",
              row.id === current && "bg-selected",
            )}
          >
            <span className="flex items-baseline justify-between gap-3 font-medium">
              <span className="min-w-0 [overflow-wrap:anywhere]">{visibleLine(props.nameOf(row))}</span>
              <span className="shrink-0 whitespace-nowrap">
                <Amounts money={money.of(row)} none={money.none} inSingle={false} />
              </span>
            </span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-3 text-muted text-xs">
              <span>{row.typeLabel}</span>
              {props.facts(row)}
            </span>
          </RowLink>
        </li>
      ))}
    </ul>
  );
}

function RowLink<Row extends ListedRow>({
  list,
  row,
  className,
  children,
}: {
  list: ListProps<Row>;
  row: Row;
  className: string;
  children: ReactNode;
}) {
  return (
    <PlaceLink
      {...list.linkOf(row)}
      onGo={() => list.onOpen(row.id)}
      aria-current={row.id === list.current ? "true" : undefined}
      className={className}
    >
      {children}
    </PlaceLink>
  );
}

/** Without its currency where the heading names the only one there is. */
function Amounts({ money, none, inSingle }: { money: readonly Money[]; none: string; inSingle: boolean }) {
  if (money.length === 0) return <span className="font-normal text-muted">{none}</span>;
  return money
    .map(({ value, currency }) => (inSingle ? formatAmount(value) : formatMoney(value, currency)))
    .join(" + ");
}
