import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgresServer } from "@cloudoptima/db/testing/postgres-server.ts";
import { prepareEstate, type WaitingEstate } from "./approve-estate.ts";
import { type ApproveWeb, openApproveWeb } from "./approve-web.ts";
import type { Bench, Log } from "./bench.ts";
import { closedAtEnd } from "./clean-up.ts";
import { type BenchResult, type MetricPromise, measured } from "./result.ts";

const stopCount = 16;
const pendingCount = 200;
const listings = 20;
/** A change that takes longer is stuck, not slow. */
const giveUpMs = 60_000;

/** From the click on "approve" to the verified end of the change, and the list of what waits, over HTTP. */
const bench: Bench = {
  name: "approve",
  description: `${stopCount} approved stops on the sandbox and ${pendingCount} pending approvals, on both engines`,
  async run(log) {
    const server = await startPostgresServer();
    const stop = closedAtEnd(server.stop);
    try {
      const embedded = await approveOn("PGlite", {}, log);
      const onServer = await approveOn("PostgreSQL", { DATABASE_URL: server.url }, log);
      return [...embedded, ...onServer];
    } finally {
      await stop();
    }
  },
};
export default bench;

async function approveOn(engine: string, database: object, log: Log): Promise<BenchResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "co-bench-approve-"));
  const remove = closedAtEnd(() => rm(dataDir, { recursive: true, force: true }));
  const env = {
    ...process.env,
    DATABASE_URL: "",
    CLOUDOPTIMA_DATA_DIR: dataDir,
    CLOUDOPTIMA_DEMO: "1",
    CLOUDOPTIMA_NOW: "2026-11-01T09:00:00Z",
    ...database,
  };
  try {
    log(`${engine}: loading the demo data and proposing`);
    const estate = await prepareEstate({ env, stopCount, pendingCount });
    log(`${engine}: ${estate.stops.length} stops and ${estate.pendingCount} other changes wait`);
    if (estate.stops.length < stopCount || estate.pendingCount < pendingCount)
      throw new Error("The demo estate is too small for this benchmark.");
    const web = await openApproveWeb(env);
    const close = closedAtEnd(web.close);
    try {
      return await measure(engine, web, estate, log);
    } finally {
      await close();
    }
  } finally {
    await remove();
  }
}

async function measure(
  engine: string,
  web: ApproveWeb,
  { stops }: WaitingEstate,
  log: Log,
): Promise<BenchResult[]> {
  const first = await approve(web, stops[0]!);
  log(`${engine}: first approval of the process ${describe(first)}`);
  const queued: number[] = [];
  const completed: number[] = [];
  for (const proposal of stops.slice(1)) {
    const times = await approve(web, proposal);
    queued.push(times.queuedMs);
    completed.push(times.completedMs);
  }
  const listed: number[] = [];
  for (let round = 0; round < listings; round++) {
    const started = performance.now();
    await web.post("/trpc/list_proposals", { show: "waiting", limit: pendingCount });
    listed.push(performance.now() - started);
  }
  const promise = (metric: string, limit: number): MetricPromise => ({
    metric: `${engine}: ${metric}`,
    unit: "ms",
    limit,
    better: "lower",
    judge: "median",
  });
  return [
    measured(promise("click to queued", 100), queued),
    measured(promise("queued to completed", 2_000), completed),
    // The second engine's process has loaded the cloud's clients already: it has no cold start to show.
    ...(engine === "PGlite"
      ? [
          measured(promise("queued to completed, cold: sandbox and clients not loaded", 2_000), [
            first.completedMs,
          ]),
        ]
      : []),
    measured(promise(`${pendingCount} pending approvals listed`, 50), listed),
  ];
}

interface Times {
  queuedMs: number;
  completedMs: number;
}

/** Approves as a browser does, and waits for the word that pages get. */
async function approve(web: ApproveWeb, { id, planHash }: { id: string; planHash: string }): Promise<Times> {
  const { service } = web.product;
  let unsubscribe = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The change ${id} did not end.`)), giveUpMs);
    unsubscribe = service.subscribe(web.organizationId, (event) => {
      if (event.type !== "remediation_updated" || event.data.id !== id) return;
      if (["approved", "executing", "verifying"].includes(event.data.status)) return;
      clearTimeout(timer);
      if (event.data.status === "completed") resolve(performance.now());
      else reject(new Error(`The change ${id} ended as ${event.data.status}.`));
    });
  });
  ended.catch(() => {}); // told below; a refused approval must not count as unhandled
  const clicked = performance.now();
  try {
    await web.post(`/v1/remediation/actions/${id}/decision`, { planHash, decision: "approve" });
    const queuedAt = performance.now();
    return { queuedMs: queuedAt - clicked, completedMs: (await ended) - queuedAt };
  } finally {
    unsubscribe();
  }
}

const describe = ({ queuedMs, completedMs }: Times) =>
  `${Math.round(queuedMs)} ms to queued, ${Math.round(completedMs)} ms to completed`;
