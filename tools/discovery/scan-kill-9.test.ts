import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { listScans } from "@cloudoptima/db/queries/scans.ts";
import { makePlace } from "@cloudoptima/db/testing/database-place.ts";
import { type DatabasePlace, openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "../access/system-actor.ts";
import { generateTenant } from "../clouds/sandbox/generate/generate-tenant.ts";
import { type RunningSandbox, startSandbox } from "../clouds/sandbox/start-sandbox.ts";
import { randomInteger } from "../clouds/sandbox/tenant/random.ts";
import { makeTruth } from "../clouds/sandbox/truth.ts";
import { visibleTotals } from "../costs/load/testing.ts";
import type { WriteContext } from "../kernel/context.ts";
import { sumDecimals } from "../kernel/money.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { readScans } from "./scan-status.ts";
import { judging, runAndKill } from "./testing/run-and-kill.ts";
import { runSeed } from "./testing/run-seed.ts";

const now = "2026-10-05T09:30:00Z";
const estate = { seed: "kill -9", resources: 60, days: 20 };
const instant = Temporal.Instant.from(now);
const generated = generateTenant({ ...estate, now: instant });
const truth = makeTruth(generated.tenant, generated.plants, instant);

const kinds = {
  inventory: "microsoft.resourcegraph",
  costs: "microsoft.costmanagement",
  metrics: "metrics:getbatch",
  prices: "/api/retail/prices",
} as const;
type Kind = keyof typeof kinds;

/** At a request of a kind, and so long after its answer that what came may be being stored. */
interface Death {
  kind: Kind;
  request: number;
  afterMs: number;
}

/** Where a scan is disturbed, anywhere among the requests of each kind that an undisturbed one makes. */
const deathsOf = (requests: Readonly<Record<Kind, number>>, some: readonly Kind[]): Death[] =>
  some.map((kind) => ({
    kind,
    request: randomInteger(1, requests[kind], runSeed, kind),
    afterMs: randomInteger(0, 30, runSeed, kind, "after"),
  }));
/** Each engine has three deaths, so that both together have every kind and a run does not get longer. */
const killedIn = {
  server: { kinds: ["costs", "prices"], whileJudging: true },
  embedded: { kinds: ["inventory", "costs", "metrics"], whileJudging: false },
} as const;

let sandbox: RunningSandbox;
let onRequest: (path: string) => void = () => undefined;
beforeAll(async () => {
  const { tenant } = generated;
  sandbox = await startSandbox({
    ...estate,
    tenant,
    now: () => instant,
    quotas: "raised",
    onRequest: (path) => onRequest(path),
  });
});
afterAll(() => sandbox.close());

/** Opens the database for as long as the work takes: no two processes may have the embedded one open. */
async function opened<Result>(
  place: DatabasePlace,
  work: (tools: TestTools) => Promise<Result>,
): Promise<Result> {
  const database = await openPlace(place);
  try {
    return await work(createTestTools({ database, now, definitions: [] }));
  } finally {
    await database.close();
  }
}

const addOrganization = (place: DatabasePlace) =>
  opened(place, async (tools) => {
    const organization = await tools.createOrganization("Contoso");
    const connectionId = randomUUID();
    const connection = { id: connectionId, organizationId: organization.id, name: "Sandbox", settings: {} };
    await tools
      .context(systemActor(organization))
      .write((transaction) =>
        addConnection(transaction, { ...connection, kind: "sandbox", provider: "azure" }),
      );
    return { organization, connectionId };
  });

/** All that scans keep, without the ids of rows. */
async function kept(ctx: WriteContext) {
  const rows = async (query: ReturnType<typeof sql<{ row: string }>>) =>
    ctx.read(async (transaction) => (await query.execute(transaction)).rows.map(({ row }) => row).sort());
  return {
    resources: await rows(
      sql`select resource_id || ' ' || tags::text || ' ' || (gone_at is null)::text as row from resources`,
    ),
    changes: await rows(
      sql`select resource_id || ' ' || kind || ' ' || coalesce(field, '') as row from resource_changes`,
    ),
    relationships: await rows(
      sql`select from_id || ' ' || kind || ' ' || to_id as row from resource_relationships`,
    ),
    metrics: await rows(
      sql`select metric_name || ' ' || aggregation || ' ' || count(*) || ' ' || sum(value::numeric) as row
        from resource_metrics group by metric_name, aggregation`,
    ),
    recommendations: await rows(
      sql`select resource_id || ' ' || type || ' ' || status as row from recommendations`,
    ),
    costs: await visibleTotals(ctx),
  };
}

type Kept = Awaited<ReturnType<typeof kept>>;
/**
 * What a scan that nobody disturbs keeps, what it asks, and what is kept once a second one has read the older days of
 * metrics; the same on both engines.
 */
let undisturbed:
  | { kept: Kept; settled: Kept; requests: Record<Kind, number>; judgingCount: number }
  | undefined;

const jobAt = ({ place }: { place: DatabasePlace }) => {
  const { origin, ca, credentials } = sandbox;
  return { place, now, access: { origin, ca, credentials, quotas: "raised" as const } };
};

async function scanUndisturbed(place: { place: DatabasePlace }) {
  if (undisturbed) return undisturbed;
  const other = await addOrganization(place.place);
  const requests = { inventory: 0, costs: 0, metrics: 0, prices: 0 };
  onRequest = (requested) => {
    for (const kind of Object.keys(kinds) as Kind[]) if (requested.includes(kinds[kind])) requests[kind]++;
  };
  const { writeCount: judgingCount, ...ended } = await runAndKill({ ...jobAt(place), ...other });
  expect(ended).toMatchObject({ code: 0, errors: "" });
  onRequest = () => undefined;
  expect(Math.min(...Object.values(requests), judgingCount)).toBeGreaterThan(0);
  const all = () => opened(place.place, (tools) => kept(tools.context(systemActor(other.organization))));
  const first = await all();
  expect(await runAndKill({ ...jobAt(place), ...other })).toMatchObject({ code: 0, errors: "" });
  undisturbed = { kept: first, settled: await all(), requests, judgingCount };
  return undisturbed;
}

describe.each(["server", "embedded"] as const)(
  `a scanning process that is killed (%s, TEST_SEED=${runSeed})`,
  (engine) => {
    let place: Awaited<ReturnType<typeof makePlace>>;
    beforeAll(async () => {
      place = await makePlace(engine);
    });
    afterAll(() => place?.remove());

    // Four processes that scan in turn.
    test("at any point is gone on with: all is there once, and no scan stays running", {
      timeout: 600_000,
    }, async () => {
      const job = jobAt(place);
      const { requests, judgingCount, ...undisturbedScans } = await scanUndisturbed(place);
      const target = await addOrganization(place.place);
      for (const { kind, request, afterMs } of deathsOf(requests, killedIn[engine].kinds)) {
        // What the one before stored is not asked again: fewer requests of this kind may be left.
        const before = kind === "prices" ? {} : { before: kinds.prices };
        const kill = { atAnswer: request, of: kinds[kind], afterMs, ...before };
        const ended = await runAndKill({ ...job, ...target, kill });
        expect(ended, `${kind} ${request}`).toMatchObject({ signal: "SIGKILL", errors: "" });
      }
      await opened(place.place, async (tools) => {
        const [latest] = await readScans(tools.context(systemActor(target.organization)), { limit: 1 });
        // Prices are the last that a scan reads: so long after, it may have ended.
        if (engine === "server" && latest?.status === "done") return;
        expect(latest).toMatchObject({ status: "interrupted", endedAt: null });
      });
      if (killedIn[engine].whileJudging) {
        const atWrite = randomInteger(1, judgingCount, runSeed, "judging");
        const killed = await runAndKill({ ...job, ...target, kill: { atWrite, of: judging } });
        expect(killed, `judging ${atWrite}`).toMatchObject({ signal: "SIGKILL", errors: "" });
      }
      expect(await runAndKill({ ...job, ...target })).toMatchObject({ code: 0, errors: "" });

      await opened(place.place, async (tools) => {
        const ctx = tools.context(systemActor(target.organization));
        const found = await kept(ctx);
        // What died while judging had read everything: the one after it is a second scan.
        expect(found).toEqual(undisturbedScans[killedIn[engine].whileJudging ? "settled" : "kept"]);
        expect(found.resources).toHaveLength(truth.totals.resourceCount + truth.totals.unmanagedDiskCount);
        expect(found.metrics.length).toBeGreaterThan(4);
        const effective = sumDecimals(truth.totals.months.map(({ amortized }) => amortized)).toFixed();
        for (const totals of Object.values(found.costs)) expect(totals).toMatchObject([{ effective }]);
        const scans = await ctx.read((transaction) => listScans(transaction, { limit: 10 }));
        const ends = scans.map(({ status }) => status);
        if (engine === "embedded")
          expect(ends).toEqual(["done", "interrupted", "interrupted", "interrupted"]);
        else
          expect(ends).toEqual([
            "done",
            "done",
            expect.stringMatching(/^(interrupted|done)$/),
            "interrupted",
          ]);
        expect(scans[0]).toMatchObject({ percent: 100, failures: [] });
        expect(scans.map(({ resumes }) => resumes)).toEqual([
          ...scans.slice(1).map(({ id, status }) => (status === "interrupted" ? id : null)),
          null,
        ]);
      });
    });
  },
);

describe(`a scan whose database server restarts (TEST_SEED=${runSeed})`, () => {
  let place: Awaited<ReturnType<typeof makePlace>>;
  beforeAll(async () => {
    place = await makePlace("server");
  });
  afterAll(() => place?.remove());

  test("at any point says so or goes on, and the next one has all there once", {
    timeout: 600_000,
  }, async () => {
    const job = jobAt(place);
    const { requests, settled } = await scanUndisturbed(place);
    const target = await addOrganization(place.place);
    const server = new pg.Client({ connectionString: (place.place as { url: string }).url });
    await server.connect();
    // As a restart does, from one moment to the next: every connection ends, whatever it is doing.
    const others = "pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    const endConnections = () => server.query(`select pg_terminate_backend(pid) from ${others}`);
    /** The costs that come next are being stored, whatever the machine's speed: they wait for a lock. */
    const endWhileStoring = async () => {
      await server.query("begin");
      await server.query("lock table cost_data in share mode");
      const waiting = async () =>
        (await server.query(`select from ${others} and wait_event_type = 'Lock'`)).rowCount;
      while ((await waiting()) === 0);
      await endConnections();
      await server.query("rollback");
    };
    try {
      for (const { kind, request, afterMs } of deathsOf(requests, ["costs", "inventory", "metrics"])) {
        let seen = 0;
        let ending: Promise<unknown> | undefined;
        onRequest = (requested) => {
          if (!requested.includes(kinds[kind]) || ++seen !== request) return;
          ending = kind === "costs" ? endWhileStoring() : delay(afterMs).then(endConnections);
        };
        const ended = await runAndKill({ ...job, ...target, connectionsEnd: true });
        onRequest = () => undefined;
        await ending;
        // What it could not keep it reports; nothing that nobody caught ends it.
        expect(ended, `${kind} ${request}`).toMatchObject({ code: 0, errors: "" });
      }
      // The second has older days to read, whatever the first still had to mend.
      for (const _ of ["mends", "settles"]) {
        expect(await runAndKill({ ...job, ...target })).toMatchObject({ code: 0, errors: "" });
      }
      await opened(place.place, async (tools) => {
        const ctx = tools.context(systemActor(target.organization));
        expect(await kept(ctx)).toEqual(settled);
        const scans = await ctx.read((transaction) => listScans(transaction, { limit: 10 }));
        expect(scans[0]).toMatchObject({ status: "done", failures: [] });
        const codes = scans.flatMap(({ failures }) =>
          (failures as { code: string }[]).map(({ code }) => code),
        );
        expect(new Set(codes)).toEqual(new Set(["unavailable"]));
      });
    } finally {
      await server.end();
    }
  });
});
