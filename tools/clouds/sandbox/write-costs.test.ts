import { afterAll, beforeAll, expect, test } from "vitest";
import { sumDecimals } from "../../kernel/money.ts";
import { createAzureCloud } from "../azure/azure-cloud.ts";
import { sandboxEndpoint } from "../azure/sandbox-endpoint.ts";
import { collect, virtualPace } from "../azure/testing.ts";
import { createAzureWrite } from "../azure/write/azure-write.ts";
import type { CloudRead } from "../cloud.ts";
import type { CloudWrite, Submitted } from "../cloud-write.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { gateEstate, gateIds } from "./testing/gate-estate.ts";

// Changes are made at noon: they reach the bill from 13:00 on, so 13 hours of that day are as before.
let time = Temporal.Instant.from("2026-11-23T12:00:00Z");
const signal = new AbortController().signal;
let sandbox: RunningSandbox;
let read: CloudRead;
let write: CloudWrite;

beforeAll(async () => {
  sandbox = await startSandbox({
    tenant: gateEstate(),
    seed: "gate",
    resources: 60,
    days: 60,
    now: () => time,
    quotas: "raised",
  });
  const endpoint = await sandboxEndpoint({ ...sandbox, quotas: "raised" }, virtualPace());
  read = createAzureCloud(endpoint);
  write = createAzureWrite(endpoint);
});
afterAll(() => sandbox.close());

async function done(submitted: Promise<Submitted>): Promise<void> {
  const { operation } = await submitted;
  while (operation !== null && (await write.progress(operation, signal)).state === "running");
}

/** Cost of a resource on each of the four days from the 22nd. */
async function costs(id: string): Promise<string[]> {
  const all = await collect(read.costs(gateIds.subscriptionId, "2026-11-22", "2026-11-26", signal));
  return ["22", "23", "24", "25"].map((day) =>
    sumDecimals(
      all
        .filter((cost) => cost.resourceId === id.toLowerCase() && cost.day === `2026-11-${day}`)
        .map(({ effective }) => effective),
    ).toFixed(),
  );
}

const snapshotId = gateIds.freeDisk.replace(/disks\/.*/, "snapshots/snap-1").toLowerCase();

test("costs follow what was changed, from the next full hour on", async () => {
  await done(write.deallocate(gateIds.vmWithStaticAddress, signal));
  await done(write.deallocate(gateIds.vmWithDynamicAddress, signal));
  await done(
    write.create(
      snapshotId,
      {
        type: "microsoft.compute/snapshots",
        region: "westeurope",
        tags: {},
        properties: { creationData: { createOption: "Copy", sourceResourceId: gateIds.freeDisk } },
      },
      signal,
    ),
  );
  await done(write.delete(gateIds.freeDisk, null, signal));
  await done(write.delete(gateIds.freeAddress, null, signal));

  // A day later the disk is made again, and one machine starts.
  time = Temporal.Instant.from("2026-11-24T12:00:00Z");
  await done(
    write.create(
      gateIds.freeDisk.toLowerCase(),
      {
        type: "microsoft.compute/disks",
        region: "westeurope",
        tags: {},
        sku: { name: "Premium_LRS" },
        properties: { creationData: { createOption: "Copy", sourceResourceId: snapshotId } },
      },
      signal,
    ),
  );
  await done(write.start(gateIds.vmWithDynamicAddress, signal));

  time = Temporal.Instant.from("2026-11-26T12:00:00Z");
  expect(await costs(gateIds.vmWithStaticAddress)).toEqual(["2.4", "1.3", "0", "0"]);
  expect(await costs(gateIds.vmWithDynamicAddress)).toEqual(["2.4", "1.3", "1.1", "2.4"]);
  // Disks and static addresses go on costing; a dynamic one is gone with its machine.
  expect(await costs(gateIds.staticAddress)).toEqual(["0.12", "0.12", "0.12", "0.12"]);
  expect(await costs(gateIds.dynamicAddress)).toEqual(["0.096", "0.052", "0.044", "0.096"]);
  expect(await costs(gateIds.freeAddress)).toEqual(["0.12", "0.065", "0", "0"]);
  // What is made again costs what it cost before; the gap stays a gap.
  expect(await costs(gateIds.freeDisk)).toEqual(["0.72", "0.39", "0.33", "0.72"]);
  // 128 GiB at 0.05 a month are 0.210411 a day, 11 of 24 hours of it on the first.
  expect(await costs(snapshotId)).toEqual(["0", "0.096438", "0.210411", "0.210411"]);
  expect(await costs(gateIds.lockedDisk)).toEqual(["0.72", "0.72", "0.72", "0.72"]);
});

test("what never existed before costs from when it was made, until it is deleted", async () => {
  time = Temporal.Instant.from("2026-11-26T12:00:00Z");
  const diskId = gateIds.freeDisk.replace("disk-free", "disk-new").toLowerCase();
  const definition = {
    type: "microsoft.compute/disks",
    region: "westeurope",
    tags: {},
    sku: { name: "StandardSSD_LRS" },
    properties: { diskSizeGB: 512, creationData: { createOption: "Empty" } },
  };
  await done(write.create(diskId, definition, signal));
  time = Temporal.Instant.from("2026-11-28T12:00:00Z");
  await done(write.delete(diskId, null, signal));
  time = Temporal.Instant.from("2026-11-30T12:00:00Z");
  const all = await collect(read.costs(gateIds.subscriptionId, "2026-11-25", "2026-11-30", signal));
  const ofDisk = all.filter(({ resourceId }) => resourceId === diskId);
  expect(ofDisk.map(({ day, effective }) => [day, effective])).toEqual([
    ["2026-11-26", "0.57863"],
    ["2026-11-27", "1.262466"],
    ["2026-11-28", "0.683836"],
  ]);
});

test("what becomes another size or kind costs by its list price from the next full hour on, and back again", async () => {
  time = Temporal.Instant.from("2026-12-01T12:00:00Z");
  const vm = gateIds.vmWithEphemeralDisk;
  const resize = (vmSize: string) => ({ properties: { hardwareProfile: { vmSize } } });
  await done(write.update(vm, resize("Standard_D4s_v5"), null, signal));
  await done(write.update(gateIds.lockedDisk, { sku: { name: "StandardSSD_LRS" } }, null, signal));
  time = Temporal.Instant.from("2026-12-02T12:00:00Z");
  await done(write.update(vm, resize("Standard_D2s_v5"), null, signal));
  time = Temporal.Instant.from("2026-12-05T12:00:00Z");
  const all = await collect(read.costs(gateIds.subscriptionId, "2026-11-30", "2026-12-04", signal));
  const costsOf = (id: string) =>
    all
      .filter(({ resourceId }) => resourceId === id.toLowerCase())
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
      .map(({ effective }) => effective);
  // Twice the size is twice the price: 13 hours at 0.1 and 11 at 0.2, then the other way round.
  expect(costsOf(vm)).toEqual(["2.4", "3.5", "3.7", "2.4"]);
  // 128 GiB are 19.71 a month as premium (P10), 9.6 as standard SSD (E10).
  expect(costsOf(gateIds.lockedDisk)).toEqual(["0.72", "0.550731", "0.350685", "0.350685"]);
});
