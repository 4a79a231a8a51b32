import type { LiveResource } from "../clouds/cloud.ts";
import { readText } from "../clouds/read-property.ts";
import type { StepState } from "../kernel/define-action.ts";

/** Whether a resource that was asked to be deleted is gone, or on its way. */
export function isGone(live: LiveResource | null): StepState {
  if (live === null) return "done";
  return /^deleting$/i.test(readText(live.properties, "provisioningState") ?? "") ? "under_way" : "not_done";
}
