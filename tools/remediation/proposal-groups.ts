import type { ProposalStatus } from "@cloudoptima/db/queries/proposals.ts";

/** Every status of a proposal, by what a person does about it. */
export const proposalGroups = {
  waiting: ["proposed", "simulated"],
  running: ["approved", "executing", "verifying"],
  attention: ["needs_attention", "failed"],
  done: ["completed", "rolled_back"],
  closed: ["rejected", "expired"],
} as const satisfies Record<string, readonly ProposalStatus[]>;

/** Still to be decided on. */
export function isOpen(status: ProposalStatus): boolean {
  return (proposalGroups.waiting as readonly ProposalStatus[]).includes(status);
}

/** Decided, and the worker is not through with it. */
export function isRunning(status: ProposalStatus): boolean {
  return (proposalGroups.running as readonly ProposalStatus[]).includes(status);
}
