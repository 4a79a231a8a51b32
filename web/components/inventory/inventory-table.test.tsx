import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { homeAddress } from "./inventory-address.ts";
import { InventoryTable } from "./inventory-table.tsx";
import type { InventoryRow } from "./use-inventory.ts";

const row = {
  id: "/subscriptions/s/vm-1",
  name: "vm-1",
  typeLabel: "Virtual machine",
  status: "running",
  goneAt: null,
  resourceGroup: "rg-web",
  subscriptionName: "Production",
  region: "westeurope",
  tags: { Team: "web" },
  cost: [{ value: "12.5", currency: "USD" }],
} as unknown as InventoryRow;

test("a resource stands with the region's name that its filter has, and links to itself on the same list", () => {
  const html = renderToStaticMarkup(
    <InventoryTable
      rows={[row]}
      address={{ ...homeAddress, region: "westeurope" }}
      stale={false}
      onSort={() => undefined}
      onOpen={() => undefined}
    />,
  );
  expect(html).toContain(">West Europe</td>");
  expect(html).not.toContain(">westeurope<");
  expect(html.match(/href="[^"]*"/g)).toEqual(
    Array(2).fill('href="/inventory?id=%2Fsubscriptions%2Fs%2Fvm-1&amp;region=westeurope"'),
  );
});
