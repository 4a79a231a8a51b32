import { signInAgainFirst } from "@cloudoptima/tools/remediation/may-decide.ts";
import { api } from "../../lib/api.ts";
import { useAction } from "../../lib/use-action.ts";
import type { Proposal } from "./proposal-words.ts";
import { useRefreshProposals } from "./use-proposal.ts";

interface Given {
  decision: "approve" | "reject";
  reason?: string;
}

/** The person's decision, bound to the hash of exactly the plan that this card shows. */
export function useDecision({ id, planHash }: Proposal, decided: () => void) {
  const refresh = useRefreshProposals();
  const decide = useAction(async (given: Given) => {
    try {
      await api(`/v1/remediation/actions/${id}/decision`, { body: { planHash, ...given } });
      decided();
    } finally {
      // Also when it was refused: somebody else may have been quicker, and the card should say so.
      await refresh();
    }
  });
  const needsSignIn = decide.problem === signInAgainFirst;
  return {
    ...decide,
    needsSignIn,
    problem: needsSignIn ? null : decide.problem,
    /** The same decision once more. */
    again: () => decide.failedInput && decide.run(decide.failedInput),
  };
}
