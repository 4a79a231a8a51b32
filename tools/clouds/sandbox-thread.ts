import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SandboxAccess } from "./azure/sandbox-endpoint.ts";

export interface SandboxThread extends SandboxAccess {
  close(): Promise<void>;
}

/** The demo tenant: about 420 resources with 395 days of cost, the same on every machine. */
export const demoEstate = { seed: "contoso", resources: 420, days: 395 };

/** Starts the demo's sandbox tenant in a thread; it ends yesterday by the business clock. */
export async function startSandboxThread(fixedNow: Temporal.Instant | undefined): Promise<SandboxThread> {
  const worker = new Worker(new URL("./sandbox-thread-main.ts", import.meta.url), {
    workerData: { ...demoEstate, now: fixedNow?.toString() ?? null },
  });
  const [address] = (await once(worker, "message")) as [Omit<SandboxAccess, "quotas">];
  worker.unref(); // it must not keep a process that is done
  return {
    ...address,
    quotas: "raised",
    async close() {
      await worker.terminate();
    },
  };
}
