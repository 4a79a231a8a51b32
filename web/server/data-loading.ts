import type { Progress } from "@cloudoptima/tools/kernel/context.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";

/** What is being loaded in the background, for the pages to show. */
export interface DataLoading {
  /** Empty once everything is there. */
  current(): Progress[];
  /** Why loading ended early, in words for a person. */
  problem(): string | null;
}

/** Follows the loading of a first start until it is done. */
export function followDataLoading(
  service: ToolService,
  onEnd: (error: unknown) => void,
  signal: AbortSignal,
): DataLoading {
  let progress: Progress | null = { message: "Loading the demo data" };
  let problem: string | null = null;
  service
    .dataReady((next) => {
      progress = next;
    }, signal)
    .then(
      () => onEnd(null),
      (error: unknown) => {
        problem = error instanceof Error ? error.message : String(error);
        onEnd(error);
      },
    )
    .finally(() => {
      progress = null;
    });
  return { current: () => (progress ? [progress] : []), problem: () => problem };
}
