import { proposalGroups } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import type { Status } from "./proposal-words.ts";

/** The parts of the list, by what a person does about them. */
export const groups = [
  { value: "waiting", label: "Waiting", statuses: proposalGroups.waiting },
  { value: "running", label: "Running", statuses: proposalGroups.running },
  { value: "attention", label: "Needs attention", statuses: proposalGroups.attention },
  { value: "done", label: "Done", statuses: proposalGroups.done },
  { value: "closed", label: "Closed", statuses: proposalGroups.closed },
] as const satisfies readonly { value: string; label: string; statuses: readonly Status[] }[];

export type Group = (typeof groups)[number]["value"];

/** Where a proposal of this status is listed. */
export function groupOf(status: Status): Group {
  return groups.find(({ statuses }) => (statuses as readonly Status[]).includes(status))!.value;
}
