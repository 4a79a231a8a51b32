import type { ProposalOutput } from "./proposal-output.ts";

/** Where a proposal stands, in the words of every face. */
export const statusWords: Readonly<Record<ProposalOutput["status"], string>> = {
  proposed: "Waiting for approval",
  simulated: "Waiting for approval",
  approved: "Approved, about to start",
  rejected: "Rejected",
  expired: "Expired",
  executing: "Running",
  verifying: "Checking the result",
  completed: "Done",
  failed: "Failed",
  needs_attention: "Needs a look",
  rolled_back: "Undone",
};

/** Where one resource of a plan stands. */
export const itemWords: Readonly<Record<ProposalOutput["items"][number]["status"], string>> = {
  waiting: "Waiting",
  executing: "Running",
  verifying: "Checking",
  completed: "Done",
  failed: "Failed",
  needs_attention: "Needs a look",
};
