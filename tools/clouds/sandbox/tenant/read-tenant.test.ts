import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../../../kernel/errors.ts";
import { schemaFiles } from "../schema-files.ts";
import { gateEstate } from "../testing/gate-estate.ts";
import { readTenant } from "./read-tenant.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "cloudoptima-tenant-"));
});
afterAll(() => rm(directory, { recursive: true }));

const group = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-dev";
const disk = {
  id: `${group}/providers/Microsoft.Compute/disks/d1`,
  name: "d1",
  type: "Microsoft.Compute/disks",
  location: "West Europe",
};
const vm = {
  ...disk,
  id: `${group}/providers/Microsoft.Compute/virtualMachines/v1`,
  name: "v1",
  type: "Microsoft.Compute/virtualMachines",
};
const charge = {
  id: "c1",
  subscriptionId: "11111111-2222-4333-8444-555555555555",
  resourceId: disk.id,
  service: "Storage",
  amount: { kind: "fixed", daily: "1.5" },
};
const account = {
  ...disk,
  id: `${group}/providers/Microsoft.Storage/storageAccounts/stold`,
  name: "stold",
  type: "Microsoft.Storage/storageAccounts",
  kind: "StorageV2",
};
const blob = {
  accountId: account.id.toUpperCase(),
  container: "vhds",
  name: "a.vhd",
  sizeBytes: 1024,
  created: "2024-01-01",
  lastModified: "2024-01-01",
};
const withBlobs = (blobs: object[], more = {}) => ({ resources: [disk, { ...account, ...more }], blobs });
const usage = {
  cpuNightPercent: 5,
  cpuDayPercent: 9,
  memoryBytes: 8e9,
  memoryUsedShare: 0.3,
  networkInBytesPerHour: 1e6,
  networkOutBytesPerHour: 1e6,
};

/** What a tenant with these changes is refused with; undefined: it is read. */
async function refusal(change: object | string): Promise<{ message: string; hint: string } | undefined> {
  const file = join(directory, "tenant.json");
  await writeFile(file, typeof change === "string" ? change : JSON.stringify({ ...gateEstate(), ...change }));
  try {
    await readTenant(file);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { message: error.message.replace(file, "FILE"), hint: error.hint ?? "" };
  }
}
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

test("what people write is read: other casing, tags with emoji, a charge of what is gone", async () => {
  const upper = {
    ...disk,
    id: disk.id.replace("resourceGroups", "RESOURCEGROUPS"),
    tags: { "team 🚀": "🍕" },
  };
  const gone = {
    ...charge,
    id: "c2",
    resourceId: `${disk.id}-gone`,
    amount: { kind: "monthly", dayOfMonth: 3, amount: "-4" },
  };
  expect(await refusal({ resources: [upper], charges: [charge, gone] })).toBeUndefined();
  expect(await refusal(withBlobs([blob, { ...blob, name: "A.vhd" }]))).toBeUndefined();
});

test.each<[string, object | string, RegExp, RegExp]>([
  ["no JSON", '{"version": 1, "days": NaN}', /FILE is not JSON/, /NaN/],
  ["another kind of file", "[1, 2]", /wrong at its root/, /schema/],
  [
    "a blob of no account",
    { blobs: [blob] },
    /blobs\.0 \(a\.vhd\)\.accountId: .+ is no storage account/,
    /Add the account/,
  ],
  ["a blob twice", withBlobs([blob, { ...blob, name: "A.vhd" }, blob]), /blobs\.2 .+ twice/, /casing/],
  ["half a page", withBlobs([{ ...blob, sizeBytes: 700 }]), /no whole number of pages/, /512/],
  [
    "a disk in an account for block blobs",
    withBlobs([blob], { kind: "BlockBlobStorage" }),
    /can hold no page blobs/,
    /StorageV2/,
  ],
  ["a missing field", { resources: [{ ...disk, name: undefined }] }, /resources\.0 \(.*d1\)\.name/, /schema/],
  ["days below zero", { days: -3 }, /wrong at days: .*1/, /schema/],
  [
    "a share of 40",
    { resources: [{ ...vm, usage: { ...usage, memoryUsedShare: 40 } }] },
    /\.usage\.memoryUsedShare/,
    /field/,
  ],
  [
    "an amount as a number",
    { charges: [{ ...charge, amount: { kind: "fixed", daily: 1.5 } }] },
    /charges\.0 \(c1\)\.amount\.daily/,
    /field/,
  ],
  [
    "an unknown kind of amount",
    { charges: [{ ...charge, amount: { kind: "daily", daily: "1" } }] },
    /charges\.0 \(c1\)\.amount/,
    /field/,
  ],
  ["a currency in small letters", { currency: "eur" }, /wrong at currency: three capital letters/, /field/],
  [
    "a day that is none",
    { charges: [{ ...charge, from: "2026-02-30" }] },
    /\.from: no day of the calendar/,
    /field/,
  ],
  ["a tenant's id that is a path", { tenantId: "../../etc" }, /wrong at tenantId: a tenant's id/, /field/],
  [
    "a subscription's id that is a path",
    { subscriptions: [{ id: "prod/../x", name: "Prod" }] },
    /wrong at subscriptions\.0 \(prod\/\.\.\/x\)\.id: a subscription's id/,
    /field/,
  ],
  [
    "growth that leaves nothing to grow",
    {
      charges: [
        {
          ...charge,
          amount: {
            kind: "rhythm",
            daily: "9",
            weekday: [1, 1, 1, 1, 1, 1, 1],
            growthFrom: "2026-01-01",
            monthlyGrowthPercent: -200,
          },
        },
      ],
    },
    /charges\.0 \(c1\)\.amount\.monthlyGrowthPercent/,
    /field/,
  ],
  ["no id of a resource", { resources: [{ ...disk, id: "/disks/d1" }] }, /no id of a resource/, /field/],
  [
    "two subscriptions alike",
    { subscriptions: [1, 2].map(() => gateEstate().subscriptions[0]) },
    /subscriptions\.1: .*twice/,
    /id of its own/,
  ],
  [
    "two resources alike",
    { resources: [disk, { ...disk, id: disk.id.toUpperCase() }] },
    /resources\.1 .*twice/,
    /casing/,
  ],
  ["two charges alike", { charges: [charge, charge] }, /charges\.1 \(c1\): .*twice/, /id of its own/],
  [
    "another subscription",
    { resources: [{ ...disk, id: disk.id.replace("1111", "9999") }] },
    /in no listed subscription/,
    /subscriptions/,
  ],
  [
    "a region of no cloud",
    { resources: [{ ...disk, location: "mars-central" }] },
    /\.location: Azure has no region mars-central/,
    /westeurope/,
  ],
  [
    "a size below zero",
    { resources: [{ ...disk, properties: { diskSizeGB: -5 } }] },
    /properties\.diskSizeGB: -5 is below zero/,
    /zero or more/,
  ],
  [
    "instances below zero",
    { resources: [{ ...disk, sku: { capacity: -1 } }] },
    /sku\.capacity: -1/,
    /zero or more/,
  ],
  [
    "dates reversed",
    { charges: [{ ...charge, from: "2026-05-02", to: "2026-05-01" }] },
    /charges\.0 \(c1\)\.from: it ends on 2026-05-01/,
    /after/,
  ],
  [
    "an event of no day",
    { charges: [{ ...charge, events: [{ from: "2026-05-01", to: "2026-05-01", factor: 2 }] }] },
    /events\.0/,
    /after/,
  ],
  [
    "a time off reversed",
    { resources: [{ ...vm, power: { offPeriods: [{ from: "2026-05-02", to: "2026-05-01" }] } }] },
    /offPeriods\.0/,
    /after/,
  ],
  [
    "office hours reversed",
    { resources: [{ ...vm, power: { officeHours: { from: 18, to: 8 } } }] },
    /officeHours: it ends at hour 8/,
    /two spans/,
  ],
  [
    "a schedule reversed",
    { resources: [{ ...vm, usage: { ...usage, scheduled: [{ from: 22, to: 4, cpuPercent: 90 }] } }] },
    /usage\.scheduled\.0/,
    /two spans/,
  ],
  ["emoji in an id", { resources: [{ ...disk, id: `${disk.id}🚀` }] }, /\.id: it has a character/, /emoji/],
  [
    "a remainder of itself",
    { charges: [{ ...charge, amount: { kind: "remainder", daily: "1", of: ["c1"] } }] },
    /amount\.of: c1 is no charge/,
    /no remainders/,
  ],
  [
    "deep nesting",
    `{"version":1,"resources":[{"properties":${nested(20_000)}}]}`,
    /wrong at resources\.0\.properties\.a: it nests too deep/,
    /100 levels/,
  ],
])("%s is refused, with where and what to do", async (_, change, message, hint) => {
  const refused = await refusal(change);
  expect(refused?.message).toMatch(message);
  expect(refused?.hint).toMatch(hint);
});

test.each([
  ["2026-02-28", true],
  ["2026-02-29", false],
  ["2028-02-29", true],
  ["2100-02-29", false],
  ["2026-04-31", false],
  ["2026-13-01", false],
  ["2026-1-1", false],
])("the JSON Schema and the server agree on %s", async (day, isDay) => {
  const charges = [{ ...charge, from: day }];
  const schema = z.fromJSONSchema(JSON.parse(schemaFiles()["tenant.schema.json"]!));
  expect(schema.safeParse({ ...gateEstate(), charges }).success).toBe(isDay);
  expect((await refusal({ charges })) === undefined).toBe(isDay);
});

test.each(["Qatar Central", "centraluseuap", "brazilus", "usseceast", "USGov Wyoming", "singapore"])(
  "%s is a region",
  async (location) => {
    expect(await refusal({ resources: [{ ...disk, location }] })).toBeUndefined();
  },
);

test("fields that nobody knows are told, not served in silence", async () => {
  const file = join(directory, "typing.json");
  const resources = [{ ...vm, usge: usage, tags: { any: "tag" }, power: { stat: "stopped" } }];
  await writeFile(file, JSON.stringify({ ...gateEstate(), $schema: "x", resources, charges: [charge] }));
  const heard: string[] = [];
  await readTenant(file, (message) => heard.push(message));
  expect(heard).toEqual([
    expect.stringMatching(/no such field is known: resources\.0\.usge, resources\.0\.power\.stat\.$/),
  ]);
});

test("a file of 50 MB is read, and one that no string holds is refused before it is", async () => {
  expect(await refusal({ name: "x".repeat(50 * 1024 ** 2) })).toBeUndefined();
  const file = join(directory, "huge.json");
  await writeFile(file, "");
  await truncate(file, 600 * 1024 ** 2);
  await expect(readTenant(file)).rejects.toMatchObject({
    message: expect.stringContaining("600 MB, more than can be read"),
    hint: expect.stringContaining("500 MB"),
  });
});
