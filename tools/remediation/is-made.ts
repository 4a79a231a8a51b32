import type { LiveResource } from "../clouds/cloud.ts";
import { readText } from "../clouds/read-property.ts";
import type { StepState } from "../kernel/define-action.ts";

/** Whether a resource that was asked for is there and ready; one that the cloud failed to make needs a person. */
export function isMade(live: LiveResource | null): StepState {
  if (live === null) return "not_done";
  const state = readText(live.properties, "provisioningState")?.toLowerCase() ?? "succeeded";
  if (state === "succeeded") return "done";
  return state === "failed" || state === "canceled" ? "unknown" : "under_way";
}
