import type { Status } from "./proposal-words.ts";

/** The parts of the list, by what a person does about them. */
export const groups = [
  { value: "waiting", label: "Waiting", statuses: ["proposed", "simulated"] },
  { value: "running", label: "Running", statuses: ["approved", "executing", "verifying"] },
  { value: "attention", label: "Needs attention", statuses: ["needs_attention", "failed"] },
  { value: "done", label: "Done", statuses: ["completed", "rolled_back"] },
  { value: "closed", label: "Closed", statuses: ["rejected", "expired"] },
] as const satisfies readonly { value: string; label: string; statuses: readonly Status[] }[];

export type Group = (typeof groups)[number]["value"];

/** Where a proposal of this status is listed. */
export function groupOf(status: Status): Group {
  return groups.find(({ statuses }) => (statuses as readonly Status[]).includes(status))!.value;
}
