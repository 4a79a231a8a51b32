import { afterAll, beforeAll, expect, test } from "vitest";
import { gateEstate, gateIds } from "../sandbox/testing/gate-estate.ts";
import { AzureCaller } from "./azure-caller.ts";
import { ResourceManager } from "./resource-manager.ts";
import { openSandboxCloud } from "./testing.ts";

let opened: Awaited<ReturnType<typeof openSandboxCloud>>;
beforeAll(async () => {
  opened = await openSandboxCloud({ tenant: gateEstate() });
});
afterAll(() => opened.sandbox.close());
const { signal } = new AbortController();

test("a resource read alone is the one of the inventory, and knows its version", async () => {
  const inventory = [];
  for await (const page of opened.cloud.resources([gateIds.subscriptionId], signal))
    inventory.push(...page.items);
  const powerCode = (properties: Record<string, unknown>) =>
    (properties.extended as { instanceView: { powerState: { code: string } } } | undefined)?.instanceView
      .powerState.code;
  expect(inventory).toHaveLength(gateEstate().resources.length);
  for (const { properties, ...known } of inventory) {
    const live = await opened.cloud.resource(known.id, signal);
    expect(live).toMatchObject({ ...known, etag: expect.stringMatching(/^".+"$/) });
    expect(live?.properties.provisioningState).toBe(properties.provisioningState);
    expect(powerCode(live!.properties)).toBe(powerCode(properties));
  }
});

test("what is not there is null; a subscription that we cannot see is an error, not an absence", async () => {
  expect(await opened.cloud.resource(`${gateIds.freeDisk}-gone`, signal)).toBeNull();
  opened.sandbox.faults.add({ path: "/disks/", kind: "error", times: 50, status: 503 });
  await expect(opened.cloud.resource(gateIds.freeDisk, signal)).rejects.toMatchObject({
    code: "unavailable",
  });
  opened.sandbox.faults.clear();
  const elsewhere = gateIds.freeDisk.replace(gateIds.subscriptionId, "00000000-0000-4000-8000-000000000000");
  await expect(opened.cloud.resource(elsewhere, signal)).rejects.toMatchObject({ name: "AppError" });
});

test("locks set above a resource cover it, those beside and below it do not", async () => {
  const resourceManager = new ResourceManager(opened.endpoint, new AzureCaller(opened.endpoint));
  const subscription = `/subscriptions/${gateIds.subscriptionId}`;
  const setLock = (scope: string, name: string, level: string) =>
    resourceManager.send(
      {
        method: "PUT",
        path: `${scope}/providers/Microsoft.Authorization/locks/${name}?api-version=2016-09-01`,
        body: { properties: { level } },
      },
      signal,
    );
  await setLock(subscription, "all", "CanNotDelete");
  await setLock(`${subscription}/resourceGroups/rg-dev`, "group", "ReadOnly");
  const names = async (id: string) =>
    (await opened.cloud.locks(id, signal)).map(({ id: lock }) => lock.split("/").at(-1)).sort();
  expect(await names(gateIds.freeDisk)).toEqual(["all", "group"]);
  expect(await names(gateIds.lockedDisk)).toEqual(["all", "group", "keep"]);
  expect(await names(gateIds.frozenDisk)).toEqual(["all", "frozen"]);
  expect(await names(`${subscription}/resourceGroups/rg-dev`)).toEqual(["all", "group"]);
  opened.sandbox.locks.delete(subscription, "all");
  expect(await names(gateIds.freeDisk)).toEqual(["group"]);
});
