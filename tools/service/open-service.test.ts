import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ServiceProcess, startServiceProcess } from "../testing/service-process.ts";
import { openToolService } from "./open-service.ts";
import { readOwnerRecord } from "./owner-record.ts";

let dataDir: string;
const started: ServiceProcess[] = [];

async function start(...parameters: Parameters<typeof startServiceProcess>): Promise<ServiceProcess> {
  const process = await startServiceProcess(...parameters);
  started.push(process);
  return process;
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-service-"));
  await putDatabase(dataDir);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.kill("SIGKILL").catch(() => {})));
  await rm(dataDir, { recursive: true, force: true });
});

const titles = async (process: ServiceProcess) => {
  const { output, error } = await process.invoke("list_conversations", {});
  if (error) throw new Error(error.message);
  const { conversations } = output as { conversations: { title: string }[] };
  return conversations.map(({ title }) => title).sort();
};
const create = (process: ServiceProcess, title: string) => process.invoke("create_conversation", { title });

const sample = join(import.meta.dirname, "../../data/focus/focus_sample_1000.csv");
const september = { period: { start: "2024-09-01", end: "2024-10-01" }, groupBy: "service" };
const ask = async (process: ServiceProcess) => {
  const { output, error } = await process.invoke("get_cost_breakdown", september);
  if (error && error.code !== "no_data") throw new Error(error.message);
  return JSON.stringify([output?.total, output?.rows]);
};

describe("openToolService on one data folder", () => {
  it("answers ten terminals during an import, keeps what was loaded through kill -9, and loads the rest", async () => {
    const owner = await start(dataDir, "lasting");
    const terminals = await Promise.all(Array.from({ length: 10 }, () => start(dataDir, "transient")));
    const importing = terminals[0]!.invoke("import_focus", { path: sample });
    await Promise.all(terminals.map(ask)); // half a load is never seen: nothing, or all of it
    const imported = await importing;
    expect(imported.output).toMatchObject({ rowCount: 1000, alreadyLoaded: false });
    const loaded = await ask(terminals[1]!);
    expect(await Promise.all(terminals.map(ask))).toEqual(Array(10).fill(loaded));

    await owner.kill("SIGKILL");
    expect(await Promise.all(terminals.map(ask))).toEqual(Array(10).fill(loaded));

    // An import that its owner's death cuts off leaves nothing behind, and the next one is whole.
    const heir = (
      await Promise.all(terminals.map((terminal) => terminal.invoke("list_conversations", {})))
    ).findIndex(({ mode }) => mode === "owner");
    const other = terminals[heir === 0 ? 1 : 0]!;
    const cutOff = other.invoke("import_focus", { path: sample, connectionName: "Second" });
    await other.invoke("list_conversations", {});
    await terminals[heir]!.kill("SIGKILL");
    const outcome = await cutOff;
    expect(outcome.output ?? outcome.error?.code).toEqual(outcome.output ?? "unavailable");
    const again = await other.invoke("import_focus", { path: sample });
    expect(again.output).toMatchObject({ rowCount: 1000 });
    expect(await ask(other)).toBe(loaded);
  }, 120_000);

  it("lets processes write beside each other, and elects one of them when the owner is killed", async () => {
    const owner = await start(dataDir, "lasting");
    expect(owner.opened).toBe("owner");
    const clients = await Promise.all(Array.from({ length: 4 }, () => start(dataDir, "transient")));
    expect(clients.map((client) => client.opened)).toEqual(Array(4).fill("client"));

    await Promise.all(clients.map((client, index) => create(client, `note ${index}`)));
    const expected = Array.from({ length: 4 }, (_, index) => `note ${index}`);
    expect(await Promise.all(clients.map(titles))).toEqual(Array(4).fill(expected));

    await owner.kill("SIGKILL");
    // All notice at once and one of them takes over: nobody opens the files beside it.
    expect(await Promise.all(clients.map(titles))).toEqual(Array(4).fill(expected));
    const modes = await Promise.all(
      clients.map(async (client) => (await client.invoke("list_conversations", {})).mode),
    );
    expect(modes.filter((mode) => mode === "owner")).toHaveLength(1);
  }, 60_000);

  it("finds a person with their role also through the owner's socket, and nobody for an unknown id", async () => {
    await start(dataDir, "lasting");
    const client = await openToolService({ env: { CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_DEMO: "0" } });
    expect(client.mode).toBe("client");
    const admin = await client.localActor("local");
    expect(await client.person(admin.userId, admin.organizationId)).toEqual({ ...admin, via: "session" });
    expect(await client.person(admin.organizationId, admin.organizationId)).toBeNull();
    await client.close();
  });

  it("gives a second web one clear error with process and address", async () => {
    const first = await openToolService({
      env: { CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_DEMO: "0" },
      needOwner: true,
    });
    await first.announceAddress("http://127.0.0.1:4321");
    const second = await start(dataDir, "lasting");
    expect(second.opened).toEqual({
      code: "conflict",
      message: `CloudOptima already runs on this data at http://127.0.0.1:4321 (process ${process.pid}).`,
    });
    await first.close();
    await first.close(); // idempotent
  });

  it("hands the data of a terminal to a starting web, and goes on as its client", async () => {
    const terminal = await start(dataDir, "transient");
    expect(terminal.opened).toBe("owner");
    await create(terminal, "before");
    const web = await start(dataDir, "lasting");
    expect(web.opened).toBe("owner");
    const after = await create(terminal, "after");
    expect(after.mode).toBe("client");
    expect(await titles(web)).toEqual(["after", "before"]);

    await web.close();
    expect(await titles(terminal)).toEqual(["after", "before"]);
    expect((await terminal.invoke("list_conversations", {})).mode).toBe("owner");
  });

  it("never repeats a write whose owner died under it", async () => {
    const owner = await start(dataDir, "lasting");
    const client = await start(dataDir, "transient");
    await create(client, "kept");
    const writes = Array.from({ length: 40 }, (_, index) => create(client, `write ${index}`));
    await writes[0];
    await owner.kill("SIGKILL");
    const answers = await Promise.all(writes);
    const done = answers.filter((answer) => answer.output).length;
    const unknown = answers.filter((answer) => answer.error?.code === "unavailable").length;
    expect(done + unknown).toBe(40);
    const kept = (await titles(client)).filter((title) => title.startsWith("write"));
    expect(new Set(kept).size).toBe(kept.length); // none twice
    expect(kept.length).toBeGreaterThanOrEqual(done);
    expect(kept.length).toBeLessThanOrEqual(done + unknown);
  });

  it("keeps the socket private, also when the folder's path is too long for one", async () => {
    const deep = join(dataDir, "d".repeat(60), "e".repeat(60));
    const owner = await start(deep, "lasting");
    const record = await readOwnerRecord(deep);
    expect(Buffer.byteLength(record!.socketPath)).toBeLessThanOrEqual(100);
    expect((await stat(record!.socketPath)).mode & 0o777).toBe(0o600);
    expect((await stat(join(record!.socketPath, ".."))).mode & 0o777).toBe(0o700);
    const client = await start(deep, "transient");
    expect(client.opened).toBe("client");
    expect(await titles(client)).toEqual([]);
    await owner.close();
  });

  it("says what is wrong with a folder that cannot be used", async () => {
    const file = join(dataDir, "file");
    await writeFile(file, "not a folder");
    await expect(
      openToolService({ env: { CLOUDOPTIMA_DATA_DIR: join(file, "inside"), CLOUDOPTIMA_DEMO: "0" } }),
    ).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining(file) });
  });
});
