import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What waits for approval in the demo's Contoso, proposed by its member. */
export interface WaitingEstate {
  /** Stops of one virtual machine each, which one person may approve. */
  stops: { id: string; planHash: string }[];
  pendingCount: number;
}

/**
 * Loads the demo into the data folder (or the server) and proposes, in a thread with modules of its own: the
 * process that is measured has then loaded no cloud client yet, as after a restart.
 */
export async function prepareEstate(request: {
  env: NodeJS.ProcessEnv;
  stopCount: number;
  pendingCount: number;
}): Promise<WaitingEstate> {
  const worker = new Worker(new URL("./approve-estate-thread.ts", import.meta.url), { workerData: request });
  const ended = once(worker, "exit");
  const [estate] = (await once(worker, "message")) as [WaitingEstate];
  await ended;
  return estate;
}
