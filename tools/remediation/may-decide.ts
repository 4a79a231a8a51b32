import type { Actor } from "../kernel/actor.ts";
import type { Role } from "../kernel/permissions.ts";

export interface Decider {
  userId: string;
  role: Role;
  /** How the decision arrived; only a person's own door counts. */
  door: "session" | "slack" | "teams" | "terminal_password" | "api_key" | "mcp" | "agent";
  /** The browser session signed in again within the last minutes. */
  freshSignIn: boolean;
  demoSignIn: boolean;
}

export interface DecidablePlan {
  proposedBy: string;
  risk: "low" | "medium" | "high";
  reversible: boolean;
  selfApproval: boolean;
  /** The connection is the sandbox: nothing real can change. */
  sandbox: boolean;
}

/** Up to which risk members approve, by the organization's settings. */
export type MembersApprove = "none" | "low" | "medium";

/** The one refusal that the person can lift at once: faces offer the sign-in when they read it. */
export const signInAgainFirst = "This change is high risk or cannot be undone: sign in again, then approve.";

const personalDoors = new Set<Decider["door"]>(["session", "slack", "teams", "terminal_password"]);

/**
 * Why this person may not decide on this plan, or null when they may (DESIGN 4, "Who").
 * Rejecting is always safe for whoever may approve the risk, also for the proposer.
 */
export function decisionRefusal(
  decider: Decider,
  plan: DecidablePlan,
  decision: "approve" | "reject",
  membersApprove: MembersApprove,
): string | null {
  if (!personalDoors.has(decider.door)) {
    return "Only a person decides: in the web, by a Slack or Teams button, or in the terminal with the password.";
  }
  if (decider.demoSignIn && !plan.sandbox) return "The demo sign-in decides on the sandbox only.";
  if (decider.role === "viewer" || decider.role === "auditor") {
    return `Your role (${decider.role}) cannot decide on changes; ask a member or an admin.`;
  }
  const own = decider.userId === plan.proposedBy;
  const beyondMember = !mayApproveRisk(decider.role, plan.risk, membersApprove);
  if (decision === "reject") return beyondMember && !own ? adminOnly(plan.risk) : null;
  const grave = plan.risk === "high" || !plan.reversible;
  if (own && !(plan.selfApproval && plan.risk === "low" && plan.reversible)) {
    return "You proposed this change; someone else has to approve it.";
  }
  if (beyondMember) return adminOnly(plan.risk);
  if (grave && decider.door === "session" && !decider.freshSignIn) {
    return signInAgainFirst;
  }
  return null;
}

const adminOnly = (risk: DecidablePlan["risk"]) => `Changes of ${risk} risk are approved by admins.`;

/** Whether this role approves plans of this risk: admins all, members up to the organization's limit. */
export function mayApproveRisk(role: Role, risk: DecidablePlan["risk"], upTo: MembersApprove): boolean {
  if (role !== "member") return role === "admin";
  return risk === "low" ? upTo !== "none" : risk === "medium" && upTo === "medium";
}

/** Ways that name a proposer whom nobody proved: an assistant without a key, the operator's terminal. */
const unprovenWays: ReadonlySet<Actor["via"]> = new Set(["local", "mcp"]);

/**
 * How many people must approve: two other than the proposer for high risk or irreversible plans, one where the
 * organization has fewer and says so in its settings; one otherwise. Where nobody proved who proposed, the one who
 * approves might be the same: then two, unless the plan is one that people may approve for themselves.
 */
export function requiredApprovers(
  plan: {
    risk: DecidablePlan["risk"];
    reversible: boolean;
    selfApproval: boolean;
    proposedVia: Actor["via"];
  },
  organization: { otherApproverCount: number; singleApproverAllowed: boolean },
): 1 | 2 {
  const isGrave = plan.risk === "high" || !plan.reversible;
  if (!isGrave && (plan.selfApproval || !unprovenWays.has(plan.proposedVia))) return 1;
  return organization.otherApproverCount < 2 && organization.singleApproverAllowed ? 1 : 2;
}

/**
 * How many must approve a frozen plan now: as many as it says, but two for a grave one once the organization allows
 * no single approver any more. It never becomes fewer than people were shown.
 */
export function approversNow(
  plan: { risk: DecidablePlan["risk"]; reversible: boolean; requiredApprovers: number },
  singleApproverAllowed: boolean,
): number {
  const grave = plan.risk === "high" || !plan.reversible;
  return grave && !singleApproverAllowed ? 2 : plan.requiredApprovers;
}
