import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sumDecimals } from "../../kernel/money.ts";
import { exportPlace } from "../sandbox/server/blob-routes.ts";
import { azureEndpoint } from "./azure-clouds.ts";
import { collect, openSandboxCloud } from "./testing.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "co-blobs-"));
});
afterAll(() => rm(directory, { recursive: true }));
const { signal } = new AbortController();

describe("exports in a blob container, over the wire", () => {
  it("lists by prefix, reads each blob whole, and the pair's sums are the query API's", async () => {
    const { cloud, sandbox } = await openSandboxCloud({ exports: "pair", days: 20 });
    const files = cloud.exportFiles(exportPlace);
    const listed = await files.list(signal);
    expect(listed.map(({ path }) => path.replace(/[0-9a-f-]{36}/, "RUN"))).toEqual(
      ["actual", "amortized"].flatMap((kind) =>
        ["20260901-20260930", "20261001-20261031"].flatMap((span) => [
          `${kind}-daily/${span}/RUN/manifest.json`,
          `${kind}-daily/${span}/RUN/part_0_0001.csv.gz`,
        ]),
      ),
    );
    const costs = [];
    for (const id of sandbox.subscriptionIds) {
      costs.push(...(await collect(cloud.costs(id, "2026-09-24", "2026-10-14", signal))));
    }
    for (const [kind, field] of [
      ["actual", "billed"],
      ["amortized", "effective"],
    ] as const) {
      const exported: string[] = [];
      for (const file of listed.filter(({ path }) => path.startsWith(kind) && path.endsWith(".gz"))) {
        const target = join(directory, kind);
        await files.copy(file, target, signal);
        const [header, ...lines] = gunzipSync(await readFile(target))
          .toString()
          .trim()
          .split("\r\n");
        const at = header!.split(",").indexOf("CostInBillingCurrency");
        exported.push(...lines.map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[at]!));
      }
      expect(sumDecimals(exported).toFixed()).toBe(sumDecimals(costs.map((cost) => cost[field])).toFixed());
    }
    const manifest = listed.find(({ path }) => path.endsWith("manifest.json"))!;
    expect(JSON.parse(await files.readText(manifest, 100_000, signal))).toMatchObject({ blobCount: 1 });
    await expect(files.readText(manifest, 10, signal)).rejects.toThrow(/it may have 10/);
    await sandbox.close();
  });

  it("retries what breaks off, and refuses what changed, is not there or may not be read", async () => {
    const { cloud, sandbox } = await openSandboxCloud({ exports: "focus", days: 20 });
    const files = cloud.exportFiles(exportPlace);
    const [manifest, part] = await files.list(signal);
    const target = join(directory, "part");
    sandbox.faults.add({ path: "/blobs/", kind: "error", status: 503, times: 2 });
    await files.copy(part!, target, signal);
    expect((await readFile(target)).length).toBe(part!.size);
    await expect(cloud.exportFiles({ ...exportPlace, container: "none" }).list(signal)).rejects.toMatchObject(
      {
        code: "not_found",
      },
    );
    const lift = sandbox.permissions.deny({ scope: "/", actions: ["Microsoft.Storage/*"] });
    await expect(files.copy(manifest!, target, signal)).rejects.toMatchObject({
      code: "forbidden",
      hint: expect.stringContaining("Storage Blob Data Reader"),
    });
    lift();
    // A write changes the month that is not over: its run is another, and the one that was listed is gone.
    const listed = (await files.list(signal)).find(({ path }) => /20261001.*\.gz$/.test(path))!;
    const vm = sandbox.estate.resources().find(({ type }) => /virtualmachines$/i.test(type))!;
    sandbox.estate.delete(vm.id);
    await expect(files.copy(listed, target, signal)).rejects.toMatchObject({ code: "not_found" });
    await sandbox.close();
  });

  it("reaches the chosen cloud's storage only", () => {
    const credential = { getToken: () => Promise.reject(new Error("never asked")) };
    expect(azureEndpoint("AzureUSGovernment", credential).blobs("costs1")).toBe(
      "https://costs1.blob.core.usgovcloudapi.net",
    );
    for (const name of ["evil.example", "costs/../x", "costs@evil", "C"]) {
      expect(() => azureEndpoint("AzureCloud", credential).blobs(name)).toThrow(/not the name/);
    }
  });
});
