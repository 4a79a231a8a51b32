import { afterAll, beforeAll, expect, test } from "vitest";
import { gateIds } from "../../sandbox/testing/gate-estate.ts";
import { openSandboxWrite } from "./testing.ts";

let opened: Awaited<ReturnType<typeof openSandboxWrite>>;
beforeAll(async () => {
  opened = await openSandboxWrite();
});
afterAll(() => opened.sandbox.close());

const { signal } = new AbortController();
const read = (id: string) => opened.cloud.resource(id, signal);
const writes = () => opened.sandbox.stats().writeRequestCount;

test("a machine is deallocated and started; another process asks how it goes, and a second submission is harmless", async () => {
  const id = gateIds.vmWithStaticAddress;
  const before = await read(id);
  expect(before).toMatchObject({ status: "running", etag: expect.any(String) });

  const submitted = await opened.write.deallocate(id, signal);
  expect(submitted.operation).not.toContain("https:");
  expect(await opened.otherProcess.progress(submitted.operation!, signal)).toEqual({
    state: "running",
    retryAfterMs: 0,
  });
  const again = await opened.otherProcess.deallocate(id, signal);
  expect((await opened.outcome(submitted.operation)).last).toEqual({ state: "succeeded" });
  expect((await opened.outcome(again.operation)).last).toEqual({ state: "succeeded" });
  const after = await read(id);
  expect(after?.status).toBe("deallocated");
  expect(after?.etag).not.toBe(before?.etag);

  await opened.outcome((await opened.write.deallocate(id, signal)).operation);
  expect((await read(id))?.etag).toBe(after?.etag);
  await opened.outcome((await opened.write.start(id, signal)).operation);
  expect((await read(id))?.status).toBe("running");
});

test("between submission and end the machine says what happens to it", async () => {
  const id = gateIds.vmWithStaticAddress;
  await opened.write.deallocate(id, signal);
  expect((await read(id))?.status).toBe("deallocating");
  // Nobody polls: it ends all the same.
  expect((await read(id))?.status).toBe("deallocated");
  await opened.outcome((await opened.write.start(id, signal)).operation);
});

test("a dynamic address is lost when its machine is deallocated, a static one stays", async () => {
  const addressOf = async (id: string) => (await read(id))?.properties.ipAddress;
  const [dynamic, fixed] = [await addressOf(gateIds.dynamicAddress), await addressOf(gateIds.staticAddress)];
  for (const vm of [gateIds.vmWithDynamicAddress, gateIds.vmWithStaticAddress]) {
    await opened.outcome((await opened.write.deallocate(vm, signal)).operation);
  }
  expect(await addressOf(gateIds.dynamicAddress)).toBeUndefined();
  expect(await addressOf(gateIds.staticAddress)).toBe(fixed);
  await opened.outcome((await opened.write.start(gateIds.vmWithDynamicAddress, signal)).operation);
  expect(await addressOf(gateIds.dynamicAddress)).toMatch(/^198\.51\./);
  expect(await addressOf(gateIds.dynamicAddress)).not.toBe(dynamic);
});

test("an ephemeral system disk refuses to be deallocated, in Azure's words", async () => {
  await expect(opened.write.deallocate(gateIds.vmWithEphemeralDisk, signal)).rejects.toMatchObject({
    code: "conflict",
    details: { azureCode: "OperationNotAllowed", azureMessage: expect.stringContaining("ephemeral") },
  });
  expect((await read(gateIds.vmWithEphemeralDisk))?.status).toBe("running");
});

test("single tags are set and removed; the others stay, also those that came meanwhile", async () => {
  const id = gateIds.storageAccount;
  const before = writes();
  await opened.otherProcess.changeTags(id, { set: { Meanwhile: "yes" }, remove: [] }, signal);
  const change = { set: { CostCenter: "CC-1" }, remove: ["owner", "Never there"] };
  const { operation } = await opened.write.changeTags(id, change, signal);
  expect(operation).toBeNull();
  const wanted = { Environment: "Development", Meanwhile: "yes", CostCenter: "CC-1" };
  expect((await read(id))?.tags).toEqual(wanted);
  await opened.write.changeTags(id, change, signal);
  expect((await read(id))?.tags).toEqual(wanted);
  // One, then a removal and a merge, then a merge alone: nothing was left to remove.
  expect(writes() - before).toBe(4);
  await expect(
    opened.write.changeTags(id, { set: { Team: "web" }, remove: ["team"] }, signal),
  ).rejects.toMatchObject({ code: "invalid_input" });
});

test("a change of a part takes its time, leaves the rest, and meets only the version it was made for", async () => {
  const id = gateIds.vmWithStaticAddress;
  const before = (await read(id))!;
  const resized = { properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" } } };
  const submitted = await opened.write.update(id, resized, before.etag, signal);
  expect((await read(id))?.properties).toMatchObject({
    provisioningState: "Updating",
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
  });
  expect((await opened.outcome(submitted.operation)).last).toEqual({ state: "succeeded" });
  const after = (await read(id))!;
  expect(after.properties).toEqual({ ...before.properties, hardwareProfile: { vmSize: "Standard_D4s_v5" } });
  expect(after.tags).toEqual(before.tags);

  const back = { properties: { hardwareProfile: { vmSize: "Standard_D2s_v5" } } };
  await expect(opened.write.update(id, back, before.etag, signal)).rejects.toMatchObject({
    code: "conflict",
    details: { outcome: "refused" },
  });
  await opened.outcome((await opened.write.update(id, back, null, signal)).operation);
  const wrong = { properties: { hardwareProfile: { vmSize: "Standard_D2s_v99" } } };
  await expect(opened.write.update(id, wrong, null, signal)).rejects.toMatchObject({
    details: { azureCode: "InvalidParameter" },
  });
  expect((await read(id))?.properties).toEqual(before.properties);
});

const snapshotId = gateIds.freeDisk.replace(/disks\/.*/, "snapshots/snap-1").toLowerCase();
const snapshot = {
  type: "microsoft.compute/snapshots",
  region: "westeurope",
  tags: { Purpose: "undo" },
  sku: { name: "Standard_LRS" },
  properties: {
    incremental: true,
    creationData: { createOption: "Copy", sourceResourceId: gateIds.freeDisk.toLowerCase() },
  },
};

test("a disk is snapshot, deleted and made again from it, with its size and another identity", async () => {
  const before = await read(gateIds.freeDisk);
  const made = await opened.write.create(snapshotId, snapshot, signal);
  expect((await read(snapshotId))?.properties.provisioningState).toBe("Updating");
  expect((await opened.outcome(made.operation)).last).toEqual({ state: "succeeded" });
  expect(await read(snapshotId)).toMatchObject({
    tags: { Purpose: "undo" },
    properties: { diskSizeGB: 128, incremental: true, provisioningState: "Succeeded" },
  });

  const deleted = await opened.write.delete(gateIds.freeDisk, before!.etag, signal);
  expect((await read(gateIds.freeDisk))?.properties.provisioningState).toBe("Deleting");
  expect((await opened.outcome(deleted.operation)).last).toEqual({ state: "succeeded" });
  expect(await read(gateIds.freeDisk)).toBeNull();
  expect(await opened.write.delete(gateIds.freeDisk, before!.etag, signal)).toEqual({ operation: null });

  const restored = await opened.write.create(
    gateIds.freeDisk.toLowerCase(),
    {
      type: "microsoft.compute/disks",
      region: "westeurope",
      tags: before!.tags,
      sku: { name: "Premium_LRS" },
      zones: ["2"],
      properties: { tier: "P10", creationData: { createOption: "Copy", sourceResourceId: snapshotId } },
    },
    signal,
  );
  await opened.outcome(restored.operation);
  const after = await read(gateIds.freeDisk);
  expect(after).toMatchObject({
    tags: before!.tags,
    status: "unattached",
    properties: { diskSizeGB: 128, tier: "P10", zones: ["2"] },
  });
  expect(after?.properties.uniqueId).not.toBe(before?.properties.uniqueId);
});

test("a public address made again has the same definition and another address", async () => {
  const before = await read(gateIds.freeAddress);
  await opened.outcome((await opened.write.delete(gateIds.freeAddress, before!.etag, signal)).operation);
  const { operation } = await opened.write.create(
    gateIds.freeAddress.toLowerCase(),
    {
      type: "microsoft.network/publicipaddresses",
      region: "westeurope",
      tags: before!.tags,
      sku: { name: "Standard", tier: "Regional" },
      properties: { publicIPAllocationMethod: "Static", idleTimeoutInMinutes: 4 },
    },
    signal,
  );
  await opened.outcome(operation);
  const after = await read(gateIds.freeAddress);
  expect(after).toMatchObject({ tags: before!.tags, properties: { publicIPAllocationMethod: "Static" } });
  expect(after?.properties.ipAddress).toMatch(/^198\.51\./);
});

test("what exists is never overwritten", async () => {
  const before = await read(snapshotId);
  const requests = writes();
  await expect(opened.write.create(snapshotId, snapshot, signal)).rejects.toMatchObject({
    code: "conflict",
    details: { outcome: "refused" },
  });
  expect(writes()).toBe(requests);
  expect(await read(snapshotId)).toEqual(before);
});

test("a provider that names only a Location is followed to its end", async () => {
  const { operation } = await opened.write.delete(gateIds.storageAccount, null, signal);
  expect(operation).toContain('"location"');
  expect((await opened.outcome(operation)).last).toEqual({ state: "succeeded" });
  expect(await read(gateIds.storageAccount)).toBeNull();
});

test("a provider that names no operation is followed by the resource's own state", async () => {
  const id = gateIds.storageAccount.replace(
    /microsoft\.storage.*/i,
    "Microsoft.OperationalInsights/workspaces/log-1",
  );
  const definition = {
    type: "microsoft.operationalinsights/workspaces",
    region: "westeurope",
    tags: {},
    properties: { retentionInDays: 30 },
  };
  const { operation } = await opened.write.create(id, definition, signal);
  expect(operation).toContain('"resource"');
  expect(await opened.outcome(operation)).toEqual({ last: { state: "succeeded" }, waits: 1 });
});

test("an operation string leads nowhere but to our own endpoint", async () => {
  for (const path of ["//evil.example/x", "https://evil.example/x", "/\\evil.example", "x"]) {
    const forged = JSON.stringify({ version: 1, polls: [{ kind: "status", path }] });
    await expect(opened.write.progress(forged, signal)).rejects.toMatchObject({ code: "invalid_input" });
  }
  const unknown = JSON.stringify({
    version: 1,
    polls: [
      {
        kind: "status",
        path: `/subscriptions/${gateIds.subscriptionId}/providers/Microsoft.Compute/locations/global/operations/none`,
      },
    ],
  });
  await expect(opened.write.progress(unknown, signal)).rejects.toMatchObject({ code: "not_found" });
});

test("an id that is none becomes no request", async () => {
  const requests = opened.sandbox.stats().requestCount;
  for (const id of ["vm-1", "/subscriptions/x/../y", "/subscriptions/x?y=1/z", "/subscriptions//x"]) {
    await expect(opened.write.delete(id, null, signal)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(opened.cloud.resource(id, signal)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(opened.cloud.locks(id, signal)).rejects.toMatchObject({ code: "invalid_input" });
  }
  expect(opened.sandbox.stats().requestCount).toBe(requests);
});
