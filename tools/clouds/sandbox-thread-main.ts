import { parentPort, workerData } from "node:worker_threads";
import { startSandbox } from "./sandbox/start-sandbox.ts";

// A thread of its own: generating and serving a tenant would stall the event loop of the product.
const { now, ...options } = workerData as {
  seed: string;
  resources: number;
  days: number;
  /** Fixed business time; null follows the real clock. */
  now: string | null;
};
const fixed = now === null ? null : Temporal.Instant.from(now);

const sandbox = await startSandbox({
  ...options,
  now: () => fixed ?? Temporal.Now.instant(),
  quotas: "raised",
});
const { origin, ca, credentials } = sandbox;
parentPort?.postMessage({ origin, ca, credentials });
