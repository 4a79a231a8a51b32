import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServerDatabase } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startServiceProcess } from "../testing/service-process.ts";
import { openToolService } from "./open-service.ts";

let dataDir: string;
let server: { url: string; remove(): Promise<void> };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-server-"));
  server = await createServerDatabase(inject("serverTemplateUrl"), { empty: true });
});
afterAll(async () => {
  await server.remove();
  await rm(dataDir, { recursive: true, force: true });
});

describe("openToolService with DATABASE_URL", () => {
  it("lets every process work on the server itself, also when they start at once on an empty database", async () => {
    const environment = { DATABASE_URL: server.url };
    const processes = await Promise.all(
      Array.from({ length: 3 }, () => startServiceProcess(dataDir, "lasting", environment)),
    );
    expect(processes.map(({ opened }) => opened)).toEqual(["owner", "owner", "owner"]);
    await Promise.all(
      processes.map((process, n) => process.invoke("create_conversation", { title: `${n}` })),
    );
    for (const process of processes) {
      const { output } = await process.invoke("list_conversations", {});
      expect(output?.conversations).toHaveLength(3);
    }
    await Promise.all(processes.map((process) => process.close()));
    // The audit log's key and heads are each host's own; nothing embedded was opened.
    expect((await readdir(dataDir)).filter((name) => !name.startsWith("audit"))).toEqual([]);
  });

  it("says why a server cannot be used, without its password", async () => {
    const opening = openToolService({
      env: { DATABASE_URL: "postgres://app:hunter2@127.0.0.1:1/none", CLOUDOPTIMA_DATA_DIR: dataDir },
    });
    const error = await opening.catch((reason: unknown) => reason as Error & { hint: string });
    expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("DATABASE_URL") });
    expect(JSON.stringify(error) + String(error)).not.toContain("hunter2");
  });

  it("names the variable that is wrong", async () => {
    await expect(openToolService({ env: { DATABASE_URL: "mysql://x" } })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("DATABASE_URL must look like postgres://"),
    });
    await expect(openToolService({ env: { CLOUDOPTIMA_NOW: "tomorrow" } })).rejects.toMatchObject({
      message: expect.stringContaining("CLOUDOPTIMA_NOW must be an ISO time"),
    });
    await expect(openToolService({ env: { CLOUDOPTIMA_DEMO: "yes" } })).rejects.toMatchObject({
      message: expect.stringContaining("CLOUDOPTIMA_DEMO must be 0"),
    });
  });
});
