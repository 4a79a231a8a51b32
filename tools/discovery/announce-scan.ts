import type { Progress, WriteContext } from "../kernel/context.ts";
import type { UpdateEvent } from "../kernel/update-event.ts";

export interface ScanAnnouncer {
  /** `percent`: of the whole scan. */
  progress(progress: Progress, percent: number): void;
  discovered(resourceCount: number): void;
  /** Tells the newest state of each kind that was held back. */
  finish(): void;
}

/** Three of a kind a second: people see it move, and a scan of many subscriptions drowns nobody. */
const everyMs = 333;

/** Tells watchers how a scan of one connection goes. Each event says the state so far, so one may be left out. */
export function announceScan(
  ctx: Pick<WriteContext, "publish">,
  connectionName: string,
  scanId: string,
  nowMs: () => number = () => performance.now(),
): ScanAnnouncer {
  const toldAtMs = new Map<UpdateEvent["type"], number>();
  const held = new Map<UpdateEvent["type"], UpdateEvent>();
  let resourceCount = 0;

  /** Also tells what another kind held back, once it may: nothing new of that kind may come for long. */
  function tell(event: UpdateEvent): void {
    held.set(event.type, event);
    for (const waiting of [...held.values()]) {
      const last = toldAtMs.get(waiting.type);
      if (last !== undefined && nowMs() - last < everyMs) continue;
      held.delete(waiting.type);
      toldAtMs.set(waiting.type, nowMs());
      ctx.publish(waiting);
    }
  }

  return {
    progress(progress, percent) {
      tell({
        type: "scan_progress",
        data: { ...progress, message: progress.message.slice(0, 300), connectionName, scanId, percent },
      });
    },
    discovered(count) {
      resourceCount += count;
      tell({ type: "resource_discovered", data: { connectionName, resourceCount } });
    },
    finish() {
      for (const event of held.values()) ctx.publish(event);
      held.clear();
    },
  };
}
