import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const main = join(import.meta.dirname, "main.ts");
const environment = { ...process.env, CLOUDOPTIMA_NOW: "2026-11-23T15:00:00Z" };

it("exports an estate, serves it, and ends on a signal", async () => {
  const directory = await mkdtemp(join(tmpdir(), "cloudoptima-sandbox-"));
  try {
    const size = ["--seed", "cli", "--resources", "60", "--days", "35"];
    await promisify(execFile)(process.execPath, [main, "export", ...size, "--out", directory], {
      env: environment,
    });
    const tenant = JSON.parse(await readFile(join(directory, "tenant.json"), "utf8"));
    expect(tenant.resources).toHaveLength(60);

    const server = spawn(process.execPath, [main, "start", "--tenant", join(directory, "tenant.json")], {
      env: environment,
    });
    let printed = "";
    for await (const chunk of server.stdout) {
      printed += chunk;
      // The object ends with a brace at the start of a line.
      if (/^\}\s*$/m.test(printed)) break;
    }
    const access = JSON.parse(printed);
    expect(access).toMatchObject({ tenantName: "Contoso", credentials: { tenantId: tenant.tenantId } });
    const call = request(`${access.origin}/subscriptions?api-version=2022-12-01`, { ca: access.ca });
    call.end();
    const [answer] = await once(call, "response");
    expect(answer.statusCode).toBe(401);
    answer.resume();
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
  } finally {
    await rm(directory, { recursive: true });
  }
});

it("says how it is used when it is used wrongly", async () => {
  await expect(promisify(execFile)(process.execPath, [main, "serve"])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("npm run sandbox -- start"),
  });
  await expect(
    promisify(execFile)(process.execPath, [main, "export", "--resources", "x"]),
  ).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--resources must be a whole number"),
  });
});
