import { Worker } from "node:worker_threads";
import { AppError } from "../../kernel/errors.ts";
import type { StagingReply, StagingRequest, StagingTask } from "./staging-request.ts";

/** A thread where a load is staged. */
export interface StagingThread {
  ask(task: StagingTask): Promise<StagingReply["rows"]>;
  /** Lets the next load have it: starting one takes longer than staging a small load. */
  release(): void;
}

// A scan loads a few subscriptions at once, again and again: their threads stay for the next round.
const LINGER_MS = 30_000;

/** Loads at the same time have a thread each, so that a small one never waits for a large one. */
const idle: StagingThread[] = [];

/** A thread for one load, until it is released. */
export function takeStagingThread(): StagingThread {
  return idle.pop() ?? startStagingThread();
}

function startStagingThread(): StagingThread {
  const worker = new Worker(new URL("./staging-thread-main.ts", import.meta.url));
  worker.unref(); // only an answer that is awaited keeps the process
  const waiting = new Map<number, PromiseWithResolvers<StagingReply["rows"]>>();
  const settle = (id: number) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return answer;
  };
  let ended: AppError | undefined;
  const end = (how: string, cause?: unknown) => {
    ended ??= new AppError("internal", `The thread that prepares the costs ended: ${how}.`, {
      hint: "Try again. Nothing was loaded.",
      cause,
    });
    clearTimeout(leaving);
    leave();
    for (const id of [...waiting.keys()]) settle(id)?.reject(ended);
  };
  worker.once("error", (cause) => end((cause as Error).message, cause));
  worker.once("exit", (code) => end(`code ${code}`));
  worker.on("message", ({ id, rows, error }: StagingReply) => {
    const answer = settle(id);
    if (error === undefined) answer?.resolve(rows);
    else answer?.reject(new Error(error));
  });

  let leaving: NodeJS.Timeout | undefined;
  /** False where a load has it. */
  const leave = () => idle.includes(thread) && idle.splice(idle.indexOf(thread), 1).length > 0;

  let lastId = 0;
  const thread: StagingThread = {
    async ask(task) {
      if (ended) throw ended;
      lastId += 1;
      const answer: PromiseWithResolvers<StagingReply["rows"]> = Promise.withResolvers();
      waiting.set(lastId, answer);
      worker.ref();
      worker.postMessage({ ...task, id: lastId } satisfies StagingRequest);
      return answer.promise;
    },
    release() {
      if (ended) return;
      idle.push(thread);
      // One is kept for good; what a burst of loads needed beside it goes when nobody took it in the meantime.
      clearTimeout(leaving);
      leaving = setTimeout(() => {
        if (idle.length > 1 && leave()) void worker.terminate();
      }, LINGER_MS).unref();
    },
  };
  return thread;
}
