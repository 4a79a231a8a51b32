import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudChange } from "../cloud.ts";
import { generateTenant } from "../sandbox/generate/generate-tenant.ts";
import { openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const now = Temporal.Instant.from("2026-10-14T09:30:00Z");
const { tenant } = generateTenant({ seed: "history", resources: 420, days: 31, now });

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ tenant, now });
});
afterAll(() => opened.sandbox.close());

async function history(since: Temporal.Instant, subscriptions = opened.sandbox.subscriptionIds) {
  const all: CloudChange[] = [];
  for await (const page of opened.cloud.changeHistory(subscriptions, since, signal)) all.push(...page);
  return all;
}
const twoWeeksAgo = now.subtract({ hours: 14 * 24 });

test("what happened before the start is told with time, person and values, oldest first", async () => {
  const told = await history(twoWeeksAgo);
  expect(
    told.map(({ at, resourceId, kind, changedBy }) => [at.toString(), resourceId, kind, changedBy]),
  ).toEqual(
    tenant.history!.map(({ at, resourceId, changeType, changedBy }) => [
      at,
      resourceId.toLowerCase(),
      { Create: "created", Update: "updated", Delete: "deleted" }[changeType],
      changedBy,
    ]),
  );
  expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(["created", "updated", "deleted"]));
  const scaled = told.filter(({ fields }) => fields.some(({ field }) => field === "sku.capacity"));
  expect(scaled.length).toBeGreaterThan(0);
  expect(scaled[0]).toMatchObject({
    resourceType: "microsoft.sql/servers/databases",
    client: "ARM Template",
  });

  const later = Temporal.Instant.from(told[2]!.at);
  expect((await history(later)).length).toBe(
    told.filter(({ at }) => Temporal.Instant.compare(at, later) >= 0).length,
  );
  const [one] = opened.sandbox.subscriptionIds;
  expect((await history(twoWeeksAgo, [one!])).every(({ resourceId }) => resourceId.includes(one!))).toBe(
    true,
  );
});

test("what is changed meanwhile is told, too, and a lost or repeated page is an error, never a short list", async () => {
  const { estate, faults } = opened.sandbox;
  const before = (await history(twoWeeksAgo)).length;
  const network = estate.resources().find(({ type }) => type === "Microsoft.Network/virtualNetworks")!;
  for (let turn = 0; turn < 1_050; turn++) estate.put({ ...network, tags: { Turn: String(turn) } });
  const told = await history(twoWeeksAgo);
  expect(told.length).toBe(before + 1_050);
  expect(told).toContainEqual(
    expect.objectContaining({
      resourceId: network.id.toLowerCase(),
      changedBy: null,
      fields: [{ field: "tags.Turn", from: "1048", to: "1049" }],
    }),
  );
  for (const kind of ["lost_page", "repeated_page"] as const) {
    faults.add({ path: "microsoft.resourcegraph", kind, after: 1 });
    await expect(history(twoWeeksAgo)).rejects.toMatchObject({ code: "unavailable" });
  }
});

test("a subscription that may not be read is refused", async () => {
  const [first] = opened.sandbox.subscriptionIds;
  opened.sandbox.permissions.deny({ scope: `/subscriptions/${first}`, actions: ["*/read"] });
  await expect(history(twoWeeksAgo, [first!])).rejects.toMatchObject({ code: "forbidden" });
});
