import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { exportPlace } from "../clouds/sandbox/server/blob-routes.ts";
import type { Reconciliation } from "../costs/reconcile/reconcile-shapes.ts";
import { scanExports } from "./scan-exports.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "co-scan-exports-"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describeEachEngine("a scan of a connection whose costs are exported", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "exported", resources: 60, days: 34, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), { ...estate, exports: "pair" });
  }, 120_000);
  afterAll(() => tenant?.close());

  /** The part of a scan that is about exports; whole scans are slow. */
  async function readExports() {
    const ctx = tenant.tools.context(tenant.actor);
    const [connection] = await ctx.read(listConnections);
    const loaded: number[] = [];
    const fromExports = await scanExports(ctx, connection!, {
      attempt: (work) => work(),
      onMonth: () => undefined,
      onLoaded: ({ rowCount }) => void loaded.push(rowCount),
    });
    expect(fromExports).toBe(true);
    return loaded;
  }
  /** What is visible, by day, service and kind of charge. */
  async function visible() {
    const ctx = tenant.tools.context(tenant.actor);
    const { rows } = await ctx.read((transaction) =>
      sql<{ line: string }>`
        select concat_ws('|', d.day, s.sub_account_id, s.service_name, s.charge_category, s.charge_class,
          coalesce(s.commitment_discount_status = 'Unused', false), s.currency, trim_scale(sum(d.billed_cost)),
          trim_scale(sum(d.effective_cost))) as line
        from cost_daily d join cost_series s on s.id = d.series_id
          join cost_deliveries p on p.id = d.delivery_id and p.status = 'published'
        group by d.day, s.sub_account_id, s.service_name, s.charge_category, s.charge_class,
          coalesce(s.commitment_discount_status = 'Unused', false), s.currency order by 1`.execute(
        transaction,
      ),
    );
    return rows.map(({ line }) => line.toLowerCase());
  }
  const requests = () => tenant.sandbox().stats().requestCount;
  const testConnection = () => tenant.call("test_connection", { id: tenant.connectionId });
  const chooseContainer = (place: Record<string, unknown>) =>
    tenant.call("set_cost_source", { id: tenant.connectionId, kind: "container", ...place });

  test("brings what the query API brings, replaces it, ties out, and reads nothing twice", async () => {
    await tenant.scan();
    const queried = await visible();
    expect(queried.length).toBeGreaterThan(100);
    expect(await chooseContainer(exportPlace)).toMatchObject({ costSource: { kind: "container" } });
    const [connection] = (await tenant.scan()).connections;
    expect(connection).toMatchObject({ status: "done", costMonthCount: 2, failures: [] });
    expect(await visible()).toEqual(queried);
    expect(await testConnection()).toMatchObject({
      state: "ok",
      costSource: {
        ok: true,
        message: expect.stringContaining("exports of 2 months, the newest of 2026-10."),
      },
    });
    const period = { start: "2026-09-01", end: "2026-10-01" };
    expect(await tenant.call<Reconciliation>("reconcile_costs", { period })).toMatchObject({
      verdict: "to_the_cent",
      connections: [{ comparedWith: "files_as_read" }],
    });
    expect(await readExports()).toEqual([]);
    // The next run of both months replaces this one's.
    tenant.setNow("2026-10-06T09:30:00Z");
    expect(await readExports()).toHaveLength(2);
    expect((await visible()).some((line) => line.startsWith("2026-10-05"))).toBe(true);
  });

  test("reports what cannot be read, and keeps what was loaded", async () => {
    const before = await visible();
    await chooseContainer({ ...exportPlace, container: "elsewhere" });
    await expect(readExports()).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("elsewhere"),
    });
    expect(await visible()).toEqual(before);
    expect(await testConnection()).toMatchObject({
      state: "limited",
      signIn: { ok: true },
      costSource: { ok: false, message: expect.stringContaining("elsewhere"), hint: expect.any(String) },
    });
    await expect(chooseContainer({ ...exportPlace, storageAccount: "evil.example" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("a folder is the operator's to name, inside the directory of the environment alone", async () => {
    const home = join(root, engine.name);
    await mkdir(join(home, "contoso"), { recursive: true });
    const files = (await tenant.openCloud()).exportFiles(exportPlace);
    const { signal } = new AbortController();
    for (const file of await files.list(signal)) {
      const target = join(home, "contoso", file.path);
      await mkdir(dirname(target), { recursive: true });
      await files.copy(file, target, signal);
    }
    const name = (via: "local" | "session", folder: string) =>
      tenant.tools.invoke({
        actor: { ...tenant.actor, via },
        name: "set_cost_folder",
        input: { connectionName: "sandbox", folder },
        source: "terminal",
      });
    vi.unstubAllEnvs();
    await expect(name("local", "contoso")).rejects.toMatchObject({ code: "forbidden" });
    vi.stubEnv("CLOUDOPTIMA_COST_EXPORTS", home);
    await expect(name("session", "contoso")).rejects.toMatchObject({ code: "forbidden" });
    for (const folder of ["../", "contoso/../..", "/etc", "C:\\exports"]) {
      await expect(name("local", folder)).rejects.toMatchObject({ code: "forbidden" });
    }
    await mkdir(join(root, `outside-${engine.name}`));
    await writeFile(join(root, `outside-${engine.name}`, "x.csv"), "x");
    await symlink(join(root, `outside-${engine.name}`), join(home, "linked"));
    await expect(name("local", "linked")).rejects.toMatchObject({ code: "forbidden" });
    await cp(join(home, "contoso"), join(home, "spoiled"), { recursive: true });
    await symlink(join(root, `outside-${engine.name}`, "x.csv"), join(home, "spoiled", "x.csv"));
    await expect(name("local", "spoiled")).rejects.toMatchObject({ code: "forbidden" });

    const before = await visible();
    expect((await name("local", "contoso")).output).toMatchObject({
      connectionName: "Sandbox",
      fileCount: 8,
    });
    const asked = requests();
    expect(await readExports()).toHaveLength(2);
    expect(await visible()).toEqual(before);
    expect(requests()).toBe(asked);
    const ctx = tenant.tools.context(tenant.actor);
    const [row] = await ctx.read(listConnections);
    expect(row!.settings.costSource).toEqual({ kind: "folder", folder: "contoso" });
  });
});
