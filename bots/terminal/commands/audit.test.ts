import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@cloudoptima/db/client.ts";
import { openEmbedded } from "@cloudoptima/db/embedded.ts";
import { createServerDatabase } from "@cloudoptima/db/testing/engines.ts";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";

const main = join(import.meta.dirname, "..", "main.ts");
const raise = (error: Error) => {
  throw error;
};

describe("audit verify", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "co-terminal-"));
    env = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      CLOUDOPTIMA_DATA_DIR: join(folder, "data"),
      CLOUDOPTIMA_DEMO: "0",
      CLOUDOPTIMA_NOW: "2026-10-14T09:00:00Z",
    };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function terminal(...parameters: string[]) {
    const child = spawn(process.execPath, [main, ...parameters], { env });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout, stderr };
  }

  /** Three audited writes; the checks beside it go through this process, which owns the data. */
  async function auditThreeWrites(): Promise<{ close(): Promise<void> }> {
    const service = await openToolService({ env, needOwner: true, logLevel: "error" });
    const actor = await service.localActor("local");
    for (const title of ["one", "two", "three"]) {
      await service.invoke({ actor, name: "create_conversation", input: { title }, source: "terminal" });
    }
    return service;
  }

  const intact = /^intact: 3 rows of My organization, head 3 [0-9a-f]{16} of \d{4}-\d\d-\d\dT[\d:.]+Z\n$/;

  it("tells in one line that the log is intact, beside a running product and alone, then what is wrong", async () => {
    await putDatabase(env.CLOUDOPTIMA_DATA_DIR!);
    const service = await auditThreeWrites();
    expect(await terminal("audit", "verify")).toEqual({
      code: 0,
      stdout: expect.stringMatching(intact),
      stderr: "",
    });
    await service.close();
    expect((await terminal("audit", "verify", "--organization", "My organization")).stdout).toMatch(intact);

    const database = await openEmbedded({
      filesDir: join(env.CLOUDOPTIMA_DATA_DIR!, "database"),
      onError: raise,
    });
    await sql`delete from audit_log where sequence = 3`.execute(database.kysely);
    await database.close();
    expect(await terminal("audit", "verify")).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^broken: audit log of My organization: row 3 is cut off: .*\n$/),
      stderr: "",
    });
    const { code, stdout } = await terminal("audit", "verify", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      intact: false,
      organizations: [{ intact: false, rowCount: 2, broken: { sequence: 3, kind: "cut_off" } }],
    });
  }, 240_000);

  it("checks a server's log, and refuses another organization's name", async () => {
    const { url, remove } = await createServerDatabase(inject("serverTemplateUrl"));
    env.DATABASE_URL = url;
    const service = await auditThreeWrites();
    expect((await terminal("audit", "verify")).stdout).toMatch(intact);
    await service.close();

    const database = createDatabase({ engine: "server", connectionString: url, onError: raise });
    await changeSecondRow(database);
    await database.close();
    expect(await terminal("audit", "verify")).toMatchObject({
      code: 1,
      stdout: "broken: audit log of My organization: row 2 was changed: its MAC does not fit it\n",
    });
    expect(await terminal("audit", "verify", "--organization", "Nobody")).toMatchObject({
      code: 2,
      stdout: "",
    });
    await remove();
  }, 240_000);
});

/** As the owner of the tables, whom row-level security binds as well. */
function changeSecondRow({ kysely }: Database): Promise<unknown> {
  return kysely.transaction().execute(async (transaction) => {
    await sql`alter table audit_log no force row level security`.execute(transaction);
    return sql`update audit_log set outcome = 'refused' where sequence = 2`.execute(transaction);
  });
}
