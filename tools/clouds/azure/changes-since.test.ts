import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudResource } from "../cloud.ts";
import { openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;
const now = Temporal.Instant.from("2026-10-14T09:30:00Z");
const hourAgo = now.subtract({ hours: 1 });

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud();
});
afterAll(() => opened.sandbox.close());

async function changes(since: Temporal.Instant) {
  const items: CloudResource[] = [];
  const goneIds: string[] = [];
  for await (const page of opened.cloud.changesSince(opened.sandbox.subscriptionIds, since, signal)) {
    items.push(...page.items);
    goneIds.push(...page.goneIds);
  }
  return { items, goneIds };
}

async function listed() {
  const items: CloudResource[] = [];
  for await (const page of opened.cloud.resources(opened.sandbox.subscriptionIds, signal))
    items.push(...page.items);
  return items;
}

test("an estate that nobody touched has no changes, and counts as it lists", async () => {
  expect(await changes(hourAgo)).toEqual({ items: [], goneIds: [] });
  const counts = await opened.cloud.resourceCounts(opened.sandbox.subscriptionIds, signal);
  const byType = Map.groupBy(await listed(), ({ type }) => type);
  expect(counts).toEqual(new Map([...byType].map(([type, of]) => [type, of.length])));
});

test("what was made, changed and deleted arrives as it stands now, each once, and nothing else", async () => {
  const { estate } = opened.sandbox;
  const [disk, group, ...others] = (await listed()).filter(
    ({ type, properties }) =>
      (type === "microsoft.compute/disks" && properties.diskState === "Unattached") ||
      type === "microsoft.network/networksecuritygroups",
  );
  const planted = (resource: CloudResource) => estate.resource(resource.id)!;
  estate.put({ ...planted(disk!), tags: { Owner: "first" } });
  estate.put({ ...planted(disk!), tags: { Owner: "it's \\ 'quoted'" } });
  const { id, name } = planted(group!);
  const made = { ...planted(group!), id: id.replace(name, "nsg-it's-new"), name: "nsg-it's-new" };
  estate.put(made);
  estate.delete(others[0]!.id);
  // Made and deleted again: never seen, and nothing to keep.
  estate.put({ ...made, id: `${made.id}-2` });
  estate.delete(`${made.id}-2`);
  // Asks for what is there already: no change.
  estate.put(planted(others[1]!));

  const { items, goneIds } = await changes(hourAgo);
  expect(items.map((item) => item.id).sort()).toEqual([disk!.id, made.id.toLowerCase()].sort());
  expect(items.find((item) => item.id === disk!.id)!.tags).toEqual({ Owner: "it's \\ 'quoted'" });
  expect(goneIds.sort()).toEqual([others[0]!.id, `${made.id.toLowerCase()}-2`].sort());
  expect(await changes(now.add({ hours: 1 }))).toEqual({ items: [], goneIds: [] });
});

test("more changes than a page holds arrive whole; a lost or repeated page of them is an error", async () => {
  const { estate, faults } = opened.sandbox;
  const [first] = await listed();
  const planted = estate.resource(first!.id)!;
  for (let turn = 0; turn < 1_100; turn++) estate.put({ ...planted, tags: { Turn: String(turn) } });
  const { items } = await changes(hourAgo);
  expect(items.find(({ id }) => id === first!.id)?.tags).toEqual({ Turn: "1099" });
  faults.add({ path: "microsoft.resourcegraph", kind: "lost_page", after: 1 });
  await expect(changes(hourAgo)).rejects.toMatchObject({ code: "unavailable" });
  faults.add({ path: "microsoft.resourcegraph", kind: "repeated_page", after: 1 });
  await expect(changes(hourAgo)).rejects.toMatchObject({ code: "unavailable" });
  faults.add({ path: "microsoft.resourcegraph", kind: "lost_page" });
  const counted = opened.cloud.resourceCounts(opened.sandbox.subscriptionIds, signal);
  await expect(counted).rejects.toMatchObject({ code: "unavailable" });
  faults.add({ path: "microsoft.resourcegraph", kind: "error", after: 1 });
  expect((await changes(hourAgo)).items).toHaveLength(items.length);
});
