import type { LiveResource, MetricName } from "../clouds/cloud.ts";
import type { ActionReader } from "../kernel/define-action.ts";
import { highestInLastHour } from "./highest-in-last-hour.ts";

/** What would fill its new size beyond this is at work, whatever its last weeks said. */
const busyPercent = 90;

/** Why the last hour of a resource speaks against a size of another capacity; null: nothing does, or it is not known. */
export async function tooBusyFor(
  size: string,
  reader: ActionReader,
  live: LiveResource,
  capacity: { metric: MetricName; from: number; to: number },
): Promise<string | null> {
  const busiest = await highestInLastHour(reader, live, capacity.metric);
  if (busiest === null || (busiest * capacity.from) / capacity.to <= busyPercent) return null;
  return `in the last hour it did more than ${size} can.`;
}
