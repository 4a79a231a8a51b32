"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";
import { formatAmount, formatMoney } from "../../lib/format.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { PlaceLink } from "../ui/place-link.tsx";
import { type InventoryAddress, type InventorySort, writeAddress } from "./inventory-address.ts";
import { StateWord } from "./state-word.tsx";
import type { InventoryRow } from "./use-inventory.ts";

interface TableProps {
  rows: readonly InventoryRow[];
  address: InventoryAddress;
  /** The rows are of an earlier choice. */
  stale: boolean;
  onSort(sort: InventorySort): void;
  onOpen(id: string): void;
}

/** A dense table where there is room, cards where there is not. */
export function InventoryTable(props: TableProps) {
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

function Table({ rows, address, onSort, onOpen }: TableProps) {
  const currencies = new Set(rows.flatMap(({ cost }) => cost.map(({ currency }) => currency)));
  const [single] = currencies.size === 1 ? currencies : [];
  const { id: current, sort } = address;
  return (
    <table className="hidden w-full border-collapse text-sm tabular-nums @3xl:table">
      <caption className="sr-only">Resources</caption>
      <thead>
        <tr>
          <Head sorted={sort === "name" && "ascending"} onSort={() => onSort("name")}>
            Resource
          </Head>
          <Head>State</Head>
          <Head>Resource group</Head>
          <Head>Region</Head>
          <Head className="hidden @5xl:table-cell">Tags</Head>
          <Head right sorted={sort === "cost" && "descending"} onSort={() => onSort("cost")}>
            {single ? `Cost of 30 days, ${single}` : "Cost of 30 days"}
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
            <Cell className="min-w-44 [overflow-wrap:anywhere]">
              <ResourceRowLink row={row} address={address} onOpen={onOpen} className="font-medium">
                {visibleLine(row.name)}
              </ResourceRowLink>
              <span className="block text-muted text-xs">{row.typeLabel}</span>
            </Cell>
            <Cell>
              <StateWord resource={row} />
            </Cell>
            <Cell className="max-w-48">
              <span className="block truncate">{row.resourceGroup && visibleLine(row.resourceGroup)}</span>
              <span className="block truncate text-muted text-xs">
                {visibleLine(row.subscriptionName ?? row.subscriptionId ?? "")}
              </span>
            </Cell>
            <Cell className="text-muted">{row.region}</Cell>
            <Cell className="hidden max-w-44 truncate text-muted @5xl:table-cell">{tagsText(row.tags)}</Cell>
            <Cell className="whitespace-nowrap text-right font-medium">
              <Cost row={row} single={single !== undefined} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same rows for a phone, or beside an open one. */
function Cards({ rows, address, onOpen }: TableProps) {
  return (
    <ul aria-label="Resources" className="divide-y @3xl:hidden">
      {rows.map((row) => (
        <li key={row.id}>
          <ResourceRowLink
            row={row}
            address={address}
            onOpen={onOpen}
            className={cn(
              "block px-3 py-2.5 text-sm tabular-nums -outline-offset-2 hover:bg-hover",
              row.id === address.id && "bg-selected",
            )}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere] font-medium">{visibleLine(row.name)}</span>
              <span className="shrink-0 whitespace-nowrap font-medium">
                <Cost row={row} single={false} />
              </span>
            </span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-3 text-muted text-xs">
              <span>{row.typeLabel}</span>
              {row.resourceGroup && <span>{visibleLine(row.resourceGroup)}</span>}
              <StateWord resource={row} />
            </span>
          </ResourceRowLink>
        </li>
      ))}
    </ul>
  );
}

function ResourceRowLink({
  row,
  address,
  className,
  onOpen,
  children,
}: {
  row: InventoryRow;
  address: InventoryAddress;
  className: string;
  onOpen(id: string): void;
  children: ReactNode;
}) {
  return (
    <PlaceLink
      href={writeAddress({ ...address, id: row.id })}
      onGo={() => onOpen(row.id)}
      data-resource={row.id}
      aria-current={row.id === address.id ? "true" : undefined}
      className={className}
    >
      {children}
    </PlaceLink>
  );
}

function Cost({ row: { cost }, single }: { row: InventoryRow; single: boolean }) {
  if (cost.length === 0) return <span className="font-normal text-muted">–</span>;
  return cost
    .map(({ value, currency }) => (single ? formatAmount(value) : formatMoney(value, currency)))
    .join(" + ");
}

function tagsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => visibleLine(`${key}: ${value}`))
    .join(", ");
}
