import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { z } from "zod";

/** Who does work that may outlive its request: kept beside it, so that others know when nobody does it any more. */
export const RunningProcess = z.object({
  host: z.string(),
  pid: z.number().int(),
  /** Anew at each start: in a container every process has the same number. */
  instance: z.string(),
});
export type RunningProcess = z.infer<typeof RunningProcess>;

export const thisProcess: RunningProcess = { host: hostname(), pid: process.pid, instance: randomUUID() };

/**
 * Whether a process is known to have ended: one of this machine that is not there, or whose number is ours now. False
 * where that cannot be known (another machine, nothing kept): then only its silence tells.
 */
export function hasEnded(kept: unknown): boolean {
  const { data } = RunningProcess.safeParse(kept);
  if (!data || data.host !== thisProcess.host) return false;
  if (data.pid === thisProcess.pid) return data.instance !== thisProcess.instance;
  try {
    process.kill(data.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
