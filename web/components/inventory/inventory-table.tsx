"use client";
import { regionName } from "@cloudoptima/tools/costs/region-names.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { OpeningList } from "../ui/opening-list.tsx";
import { type InventoryAddress, type InventorySort, writeAddress } from "./inventory-address.ts";
import { StateWord } from "./state-word.tsx";
import type { InventoryRow } from "./use-inventory.ts";

export function InventoryTable({
  rows,
  address,
  stale,
  onSort,
  onOpen,
}: {
  rows: readonly InventoryRow[];
  address: InventoryAddress;
  stale: boolean;
  onSort(sort: InventorySort): void;
  onOpen(id: string): void;
}) {
  const { id: current, sort } = address;
  return (
    <OpeningList
      label="Resources"
      rows={rows}
      current={current}
      stale={stale}
      onOpen={onOpen}
      linkOf={({ id }) => ({ href: writeAddress({ ...address, id }), "data-resource": id })}
      nameOf={({ name }) => name}
      heads={
        <>
          <Head sorted={sort === "name" && "ascending"} onSort={() => onSort("name")}>
            Resource
          </Head>
          <Head>State</Head>
          <Head>Resource group</Head>
          <Head>Region</Head>
          <Head className="hidden @5xl:table-cell">Tags</Head>
        </>
      }
      cells={(row) => (
        <>
          <Cell>
            <StateWord resource={row} />
          </Cell>
          <Cell className="max-w-48">
            <span className="block truncate">{row.resourceGroup && visibleLine(row.resourceGroup)}</span>
            <span className="block truncate text-muted text-xs">
              {visibleLine(row.subscriptionName ?? row.subscriptionId ?? "")}
            </span>
          </Cell>
          <Cell className="text-muted">{row.region && visibleLine(regionName(row.region))}</Cell>
          <Cell className="hidden max-w-44 truncate text-muted @5xl:table-cell">{tagsText(row.tags)}</Cell>
        </>
      )}
      money={{
        title: "Cost of 30 days",
        sorted: sort === "cost",
        none: "–",
        onSort: () => onSort("cost"),
        of: ({ cost }) => cost,
      }}
      facts={(row) => (
        <>
          {row.resourceGroup && <span>{visibleLine(row.resourceGroup)}</span>}
          <StateWord resource={row} />
        </>
      )}
    />
  );
}

function tagsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => visibleLine(`${key}: ${value}`))
    .join(", ");
}
