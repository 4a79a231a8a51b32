import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CloudWrite, Submitted } from "../../cloud-write.ts";
import { gateIds } from "../../sandbox/testing/gate-estate.ts";
import { createAzureWrite } from "./azure-write.ts";
import { openSandboxWrite } from "./testing.ts";

let opened: Awaited<ReturnType<typeof openSandboxWrite>>;
beforeAll(async () => {
  opened = await openSandboxWrite();
});
afterAll(() => opened.sandbox.close());
beforeEach(() => {
  opened.sandbox.faults.clear();
  opened.pace.sleeps.length = 0;
});

const { signal } = new AbortController();
const read = (id: string) => opened.cloud.resource(id, signal);
const writes = () => opened.sandbox.stats().writeRequestCount;
const vm = gateIds.vmWithStaticAddress;
const owner = { set: { Owner: "b@contoso.example" }, remove: [] };
const copyOf = (disk: string) => ({
  type: "microsoft.compute/snapshots",
  region: "westeurope",
  tags: {},
  properties: { creationData: { createOption: "Copy", sourceResourceId: disk } },
});
const snapshotNamed = (name: string) =>
  gateIds.freeDisk.replace(/disks\/.*/, `snapshots/${name}`).toLowerCase();

type Submit = (write: CloudWrite) => Promise<Submitted>;

/** Each kind of write, and the place in the sandbox's paths that a fault is aimed at. */
const everyWrite: [name: string, path: string, submit: Submit][] = [
  ["deallocate", "/deallocate", (write) => write.deallocate(vm, signal)],
  ["start", "/start", (write) => write.start(vm, signal)],
  ["change tags", "/tags/default", (write) => write.changeTags(vm, owner, signal)],
  [
    "update",
    "/disks/disk-free",
    (write) => write.update(gateIds.freeDisk, { sku: { name: "StandardSSD_LRS" } }, null, signal),
  ],
  [
    "create",
    "/snapshots/made-",
    (write) => write.create(snapshotNamed(`made-${crypto.randomUUID()}`), copyOf(gateIds.freeDisk), signal),
  ],
  [
    "delete",
    "/disks/disk-nothing",
    (write) => write.delete(gateIds.freeDisk.replace("disk-free", "disk-nothing"), null, signal),
  ],
];
// Not the reads that come before some writes.
const methods: Record<string, string> = {
  create: "PUT",
  delete: "DELETE",
  "change tags": "PATCH",
  update: "PATCH",
};

describe.each(everyWrite)("%s", (name, path, submit) => {
  const fault = { path, method: methods[name] ?? "POST" };
  // A client of its own: its breaker opens after enough failures.
  const client = () => createAzureWrite(opened.endpoint);

  test("throttled, it waits as long as it is told, or says how long; failed, it tries again", async () => {
    const before = writes();
    const write = client();
    opened.sandbox.faults.add({ ...fault, kind: "throttle", times: 2, retryAfterSeconds: 4 });
    expect((await opened.outcome((await submit(write)).operation)).last).toEqual({ state: "succeeded" });
    expect(opened.pace.sleeps.filter((ms) => ms >= 4_000)).toHaveLength(2);

    // Longer than a moment: whoever asked for it looks first whether it is still wanted.
    opened.sandbox.faults.add({ ...fault, kind: "throttle", times: 1, retryAfterSeconds: 17 });
    await expect(submit(write)).rejects.toMatchObject({
      code: "rate_limited",
      details: { outcome: "refused", retryAfterMs: 17_000 },
    });

    opened.sandbox.faults.add({ ...fault, kind: "error", times: 1 });
    expect((await opened.outcome((await submit(write)).operation)).last).toEqual({ state: "succeeded" });
    expect(writes() - before).toBe(6);
  });

  test("errors without end become one error that says the outcome is unknown, then we leave Azure alone", async () => {
    const write = client();
    opened.sandbox.faults.add({ ...fault, kind: "error", times: 50 });
    for (const _ of [1, 2]) {
      await expect(submit(write)).rejects.toMatchObject({
        code: "unavailable",
        details: { outcome: "unknown" },
      });
    }
    const before = writes();
    await expect(submit(write)).rejects.toMatchObject({ details: { outcome: "refused" } });
    expect(writes()).toBe(before);
  });

  test("told to wait too long, nothing happened and nothing is tried again", async () => {
    opened.sandbox.faults.add({ ...fault, kind: "throttle", times: 1, retryAfterSeconds: 7200 });
    await expect(submit(client())).rejects.toMatchObject({
      code: "rate_limited",
      details: { outcome: "refused" },
    });
    expect(opened.pace.sleeps).toEqual([]);
  });
});

test("a connection cut after the effect: sent again where it names a state, settled by reading where it cannot tell", async () => {
  opened.sandbox.faults.add({ path: "/deallocate", kind: "cut_after" });
  await opened.outcome((await opened.write.deallocate(vm, signal)).operation);
  expect((await read(vm))?.status).toBe("deallocated");

  opened.sandbox.faults.add({ path: "/tags/default", kind: "cut_after" });
  await opened.write.changeTags(vm, { set: { Cut: "yes" }, remove: ["Owner"] }, signal);
  expect((await read(vm))?.tags).toEqual({ Environment: "Development", Cut: "yes" });

  const snapshot = snapshotNamed("cut");
  opened.sandbox.faults.add({ path: "/snapshots/cut", method: "PUT", kind: "cut_after" });
  await expect(opened.write.create(snapshot, copyOf(gateIds.freeDisk), signal)).rejects.toMatchObject({
    code: "unavailable",
    details: { outcome: "unknown" },
  });
  expect((await read(snapshot))?.properties.provisioningState).toBe("Succeeded");

  opened.sandbox.faults.add({ path: "/snapshots/cut", method: "DELETE", kind: "cut_after" });
  const etag = (await read(snapshot))!.etag;
  expect(await opened.write.delete(snapshot, etag, signal)).toEqual({ operation: null });
  expect(await read(snapshot)).toBeNull();
});

test("a connection cut before the effect is only sent again", async () => {
  const snapshot = snapshotNamed("cut-before");
  opened.sandbox.faults.add({ path: "/snapshots/cut-before", method: "PUT", kind: "cut" });
  const { operation } = await opened.write.create(snapshot, copyOf(gateIds.freeDisk), signal);
  expect((await opened.outcome(operation)).last).toEqual({ state: "succeeded" });
});

test("a resource that changed since is not deleted", async () => {
  const { etag } = (await read(gateIds.freeAddress))!;
  await opened.otherProcess.changeTags(gateIds.freeAddress, owner, signal);
  await expect(opened.write.delete(gateIds.freeAddress, etag, signal)).rejects.toMatchObject({
    code: "conflict",
    details: { status: 412, outcome: "refused" },
  });
  expect(await read(gateIds.freeAddress)).not.toBeNull();
});

test("an operation takes as many looks as it takes and says how long to wait", async () => {
  opened.sandbox.faults.add({ path: "/start", kind: "operation_slow", polls: 6, retryAfterSeconds: 9 });
  const { operation } = await opened.write.start(vm, signal);
  expect(await opened.otherProcess.progress(operation!, signal)).toEqual({
    state: "running",
    retryAfterMs: 9000,
  });
  expect(await opened.outcome(operation)).toEqual({ last: { state: "succeeded" }, waits: 5 });
});

test("an operation that hangs goes on running; the same submission joins it", async () => {
  opened.sandbox.faults.add({ path: "/deallocate", kind: "operation_hangs", retryAfterSeconds: 30 });
  const { operation } = await opened.write.deallocate(vm, signal);
  for (let look = 0; look < 20; look++) {
    expect(await opened.write.progress(operation!, signal)).toEqual({
      state: "running",
      retryAfterMs: 30_000,
    });
  }
  expect(await opened.otherProcess.deallocate(vm, signal)).toEqual({ operation });
  expect((await read(vm))?.status).toBe("deallocating");
  await expect(opened.write.start(vm, signal)).rejects.toMatchObject({
    code: "conflict",
    details: { azureCode: "OperationNotAllowed" },
  });
});

test("an operation that fails says why, and leaves what it found", async () => {
  const id = gateIds.vmWithDynamicAddress;
  const failure = { code: "AllocationFailed", message: "No capacity in this zone." };
  opened.sandbox.faults.add({ path: "/deallocate", kind: "operation_fails", ...failure });
  const { operation } = await opened.write.deallocate(id, signal);
  expect((await opened.outcome(operation)).last).toEqual({ state: "failed", ...failure });
  expect((await read(id))?.status).toBe("running");

  opened.sandbox.faults.add({
    path: "/storageaccounts/",
    method: "DELETE",
    kind: "operation_fails",
    ...failure,
  });
  const deletion = await opened.write.delete(gateIds.storageAccount, null, signal);
  expect((await opened.outcome(deletion.operation)).last).toEqual({ state: "failed", ...failure });
  expect(await read(gateIds.storageAccount)).not.toBeNull();

  const snapshot = snapshotNamed("failing");
  opened.sandbox.faults.add({ path: "/snapshots/failing", kind: "operation_fails", ...failure });
  const made = await opened.write.create(snapshot, copyOf(gateIds.freeDisk), signal);
  expect((await opened.outcome(made.operation)).last).toMatchObject({ state: "failed" });
  expect((await read(snapshot))?.properties.provisioningState).toBe("Failed");
});

test("asking how it goes survives errors and cut connections", async () => {
  const id = gateIds.vmWithDynamicAddress;
  const { operation } = await opened.write.deallocate(id, signal);
  opened.sandbox.faults.add({ path: "/operations/", kind: "error", times: 2, status: 503 });
  opened.sandbox.faults.add({ path: "/operations/", kind: "cut" });
  expect((await opened.outcome(operation)).last).toEqual({ state: "succeeded" });
});

test("locks are seen with those above, and stop what they forbid", async () => {
  const levels = async (id: string) => (await opened.cloud.locks(id, signal)).map(({ level }) => level);
  expect(await levels(gateIds.lockedDisk)).toEqual(["CanNotDelete"]);
  expect(await levels(gateIds.frozenDisk)).toEqual(["ReadOnly"]);
  expect(await levels(gateIds.freeDisk)).toEqual([]);

  const refusal = { code: "conflict", details: { azureCode: "ScopeLocked", outcome: "refused" } };
  await expect(opened.write.delete(gateIds.lockedDisk, null, signal)).rejects.toMatchObject(refusal);
  await expect(opened.write.delete(gateIds.frozenDisk, null, signal)).rejects.toMatchObject(refusal);
  await expect(opened.write.changeTags(gateIds.frozenDisk, owner, signal)).rejects.toMatchObject(refusal);
  await opened.write.changeTags(gateIds.lockedDisk, owner, signal);
  expect((await read(gateIds.lockedDisk))?.tags).toMatchObject(owner.set);
});

test("missing permissions are told before, and refused when tried all the same", async () => {
  const operations = [
    "Microsoft.Compute/disks/delete",
    "Microsoft.Compute/snapshots/write",
    "Microsoft.Resources/tags/write",
  ];
  expect(await opened.cloud.missingPermissions(gateIds.freeDisk, operations, signal)).toEqual([]);
  expect(await opened.cloud.missingPermissions(gateIds.deniedDisk, operations, signal)).toEqual([
    "Microsoft.Compute/disks/delete",
    "Microsoft.Resources/tags/write",
  ]);
  const refusal = { code: "forbidden", details: { azureCode: "AuthorizationFailed", outcome: "refused" } };
  await expect(opened.write.delete(gateIds.deniedDisk, null, signal)).rejects.toMatchObject(refusal);
  await expect(opened.write.changeTags(gateIds.deniedDisk, owner, signal)).rejects.toMatchObject(refusal);
});

test("a person's stop ends a submission before it is sent", async () => {
  const before = writes();
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(opened.write.deallocate(gateIds.vmWithDynamicAddress, stopped)).rejects.toThrow("stopped");
  expect(writes()).toBe(before);
});
