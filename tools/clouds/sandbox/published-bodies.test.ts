import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { compareShape } from "./testing/compare-shape.ts";
import { publishedBodies } from "./testing/published-bodies.ts";
import { sandboxClients } from "./testing/sandbox-clients.ts";

const now = () => Temporal.Instant.from("2026-11-23T15:00:00Z");
let sandbox: RunningSandbox;
let token: string;
beforeAll(async () => {
  sandbox = await startSandbox({
    seed: "shapes",
    resources: 130,
    days: 31,
    now,
    quotas: "raised",
    costPageSize: 20,
  });
  const { credential } = sandboxClients(sandbox);
  token = (await credential.getToken("https://management.azure.com/.default")).token;
});
afterAll(() => sandbox.close());

/** The bytes of an answer as they are sent: SDK clients rename and drop what they do not know. */
async function send(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
  const call = request(new URL(path, sandbox.origin), {
    method,
    ca: sandbox.ca,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  call.end(body ? JSON.stringify(body) : undefined);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  call.on("error", reject).on("response", (answer) => text(answer).then(resolve, reject));
  return JSON.parse(await promise);
}

const graph = (resultFormat: string) =>
  send("POST", "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01", {
    subscriptions: sandbox.subscriptionIds,
    query: "Resources | project id, name, type, location, tags | limit 3",
    options: { resultFormat },
  });

const hasDataDisk = ({ storageProfile }: Properties) => (storageProfile?.dataDisks?.length ?? 0) > 0;
type Properties = { osType?: string; storageProfile?: { dataDisks?: unknown[] } };

/** The first resource of a type that shows as much of its shape as is wanted. */
async function firstOf(
  type: string,
  isFull: (properties: Properties) => boolean = () => true,
): Promise<string> {
  const { data } = (await send(
    "POST",
    "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01",
    {
      query: `Resources | where type =~ '${type}' | project id, properties`,
    },
  )) as { data: { id: string; properties: Properties }[] };
  return data.find(({ properties }) => isFull(properties))!.id;
}

/** What answers each published body, and in which paths they are known to differ. */
const answers: Record<
  keyof typeof publishedBodies,
  { ask: () => Promise<unknown>; leftOut?: string[]; more?: string[] }
> = {
  "Resource Graph, objects": { ask: () => graph("objectArray") },
  "Resource Graph, table": { ask: () => graph("table"), more: ["facets"] },
  "Cost query": {
    // Always null; the contract has them, the example leaves them out.
    more: ["eTag", "location", "sku"],
    ask: () =>
      send(
        "POST",
        `/subscriptions/${sandbox.subscriptionIds[0]}/providers/Microsoft.CostManagement/query?api-version=2025-03-01`,
        {
          type: "ActualCost",
          timeframe: "MonthToDate",
          dataset: {
            granularity: "Daily",
            aggregation: { totalCost: { name: "PreTaxCost", function: "Sum" } },
            grouping: [{ type: "Dimension", name: "ResourceGroup" }],
          },
        },
      ),
  },
  "metrics:getBatch": {
    leftOut: ["metadatavalues[].name", "metadatavalues[].value"].map(
      (path) => `values[].value[].timeseries[].${path}`,
    ),
    ask: async () => {
      const id = await firstOf("microsoft.storage/storageaccounts");
      const query = new URLSearchParams({
        "api-version": "2024-02-01",
        starttime: "2026-11-20T00:00:00Z",
        endtime: "2026-11-21T00:00:00Z",
        interval: "PT1H",
        metricnamespace: "Microsoft.Storage/storageAccounts",
        metricnames: "Transactions",
        aggregation: "average,maximum",
      });
      return send("POST", `/subscriptions/${id.split("/")[2]}/metrics:getBatch?${query}`, {
        resourceids: [id],
      });
    },
  },
  "VM, GET": {
    // Azure's too, though not in the example.
    more: [
      "properties.networkProfile.networkInterfaces[].properties",
      "properties.osProfile.linuxConfiguration",
      "properties.securityProfile",
      "zones",
    ],
    leftOut: [
      "managedBy",
      "resources",
      "properties.applicationProfile",
      "properties.availabilitySet",
      "properties.diagnosticsProfile.bootDiagnostics.storageUri",
      "properties.extensionsTimeBudget",
      "properties.osProfile.adminUsername",
      "properties.osProfile.secrets",
      "properties.osProfile.windowsConfiguration",
      "properties.proximityPlacementGroup",
      "properties.storageProfile.imageReference",
      ...["dataDisks[]", "osDisk"].flatMap((disk) =>
        ["caching", "createOption", "diskSizeGB", "managedDisk.storageAccountType"].map(
          (key) => `properties.storageProfile.${disk}.${key}`,
        ),
      ),
      "properties.userData",
    ],
    ask: async () =>
      send(
        "GET",
        `${await firstOf("microsoft.compute/virtualmachines", hasDataDisk)}?api-version=2024-07-01`,
      ),
  },
  "Disk, GET": {
    more: [
      "properties.diskState",
      "properties.networkAccessPolicy",
      "properties.publicNetworkAccess",
      "properties.tier",
      "sku.tier",
    ],
    leftOut: [
      "LastOwnershipUpdateTime",
      "creationData",
      "encryptionSettingsCollection",
      "hyperVGeneration",
      "purchasePlan",
      "securityProfile",
      "supportedCapabilities",
      "supportsHibernation",
    ].map((key) => `properties.${key}`),
    ask: async () =>
      send(
        "GET",
        `${await firstOf("microsoft.compute/disks", ({ osType }) => osType !== undefined)}?api-version=2024-03-02`,
      ),
  },
  "Retail prices": {
    leftOut: ["Items[].productId", "Items[].serviceId", "Items[].skuId"],
    ask: () => send("GET", "/api/retail/prices?api-version=2023-01-01-preview"),
  },
};

test.each(Object.keys(publishedBodies) as (keyof typeof publishedBodies)[])(
  "%s has its keys and types",
  async (name) => {
    const { ask, leftOut = [], more = [] } = answers[name];
    const { missing, extra, wrong } = compareShape(await ask(), publishedBodies[name].shape);
    expect(wrong).toEqual([]);
    expect(missing).toEqual(leftOut.toSorted());
    expect(extra).toEqual(more.toSorted());
  },
);

test("what is left out of them is among the simplifications", async () => {
  const told = await readFile(new URL("simplifications.md", import.meta.url), "utf8");
  const untold = Object.values(answers)
    .flatMap(({ leftOut = [] }) => leftOut)
    .filter(
      (path) =>
        !told.includes(`\`${path.split(".").at(-1)}\``) &&
        !told.includes(`\`${path.split(".").slice(-2).join(".")}\``),
    );
  expect(untold).toEqual([]);
});
