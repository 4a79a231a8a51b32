import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";
import { decisionRefusal, mayApproveRisk } from "@cloudoptima/tools/remediation/may-decide.ts";
import { isOpen } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import type { Proposal } from "./proposal-words.ts";
import { useRemediationSettings } from "./use-proposal.ts";

/** What this person may do about a proposal: for what a card shows. The server decides for itself. */
export function useMayDecide({ plan, sandbox, status, approvals, mayDecide, whyNot }: Proposal) {
  const { data: session } = useSession();
  const { data: settings } = useRemediationSettings();
  const person = session?.person;
  const open = isOpen(status);
  const limit = settings?.membersApproveUpTo ?? "none";
  const decider = person && {
    userId: person.id,
    role: person.role as Role,
    door: "session" as const,
    freshSignIn: true,
    demoSignIn: person.demo,
  };
  const undecided = open && !approvals.some(({ user }) => user.id === person?.id);
  return {
    approve: open && mayDecide,
    /** Rejecting is safe: also the proposer may, who must not approve. */
    reject:
      undecided &&
      decider !== undefined &&
      decider !== null &&
      decisionRefusal(decider, { ...plan, sandbox }, "reject", limit) === null,
    simulate: open && may(session, "remediation:propose"),
    propose: may(session, "remediation:propose"),
    lookAgain: decider ? mayApproveRisk(decider.role, plan.risk, limit) : false,
    whyNot: open ? whyNot : null,
    stopped: settings?.stopped ?? null,
  };
}
