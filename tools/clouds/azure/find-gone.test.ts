import { afterEach, expect, test } from "vitest";
import type { CloudResource } from "../cloud.ts";
import { generateTenant } from "../sandbox/generate/generate-tenant.ts";
import { openSandboxCloud } from "./testing.ts";

const signal = new AbortController().signal;

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
afterEach(() => opened.sandbox.close());

const groupOf = (id: string) => id.split("/").slice(0, 5).join("/").toLowerCase();

/** Resources by group, the fullest group of the first subscription first. */
async function listed(): Promise<CloudResource[][]> {
  const items: CloudResource[] = [];
  for await (const page of opened.cloud.resources(opened.sandbox.subscriptionIds.slice(0, 1), signal))
    items.push(...page.items);
  return [...Map.groupBy(items, ({ id }) => groupOf(id)).values()].toSorted((a, b) => b.length - a.length);
}

const remove = (resources: readonly CloudResource[]) => {
  for (const { id } of resources) opened.sandbox.estate.delete(id);
};
const ids = (resources: readonly CloudResource[]) => resources.map(({ id }) => id).sort();
const findGone = async (resources: readonly CloudResource[]) =>
  (await opened.cloud.findGone(resources, signal)).sort();

test("what was deleted is gone, with its group or out of it; what still answers is not", async () => {
  opened = await openSandboxCloud();
  const [whole, part] = (await listed()) as [CloudResource[], CloudResource[]];
  remove(whole);
  remove(part.slice(0, 1));
  expect(await findGone([...whole, part[0]!])).toEqual(ids([...whole, part[0]!]));
  // As long as a role that was taken away still shows among the permissions, the resource itself still answers, too.
  expect(await findGone(part)).toEqual([part[0]!.id]);
});

test("of a group that the identity may not read nothing is known, whether it is there or not", async () => {
  opened = await openSandboxCloud();
  const [first, second] = (await listed()) as [CloudResource[], CloudResource[]];
  const { permissions } = opened.sandbox;
  permissions.deny({ scope: groupOf(first[0]!.id), actions: ["*/read"] });
  permissions.deny({ scope: groupOf(second[0]!.id), actions: [`${second[0]!.type}/read`] });
  const { type: closed } = second[0]!;
  // As long as something is in a group it is there.
  const [stays, ...readable] = second.filter(({ type }) => type !== closed);
  const deleted = second.filter((resource) => resource !== stays);
  remove(deleted);
  expect(await findGone([...first, ...deleted])).toEqual(ids(readable));
  remove([...first, stays!]);
  expect(await findGone(second)).toEqual(ids(second));
  expect(await findGone(first)).toEqual([]);
});

test("a role on one group alone shows that group and the subscription, and proves what is gone within it", async () => {
  opened = await openSandboxCloud();
  const [mine, other] = (await listed()) as [CloudResource[], CloudResource[]];
  const size = { seed: "azure", resources: 90, days: 50, now: Temporal.Instant.from("2026-10-14T09:30:00Z") };
  const { tenant } = generateTenant(size);
  await opened.sandbox.close();
  const roleAssignments = [{ scope: groupOf(mine[0]!.id), actions: ["*/read"], notActions: [] }];
  opened = await openSandboxCloud({ tenant: { ...tenant, roleAssignments } });
  expect((await opened.cloud.subscriptions(signal)).map(({ id }) => id)).toEqual([mine[0]!.subscriptionId]);
  expect(ids((await listed()).flat())).toEqual(ids(mine));
  remove([mine[0]!, other[0]!]);
  expect(await findGone([mine[0]!, other[0]!])).toEqual([mine[0]!.id]);
});
