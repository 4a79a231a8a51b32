import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import { createKnownPeople } from "../known-people.ts";
import type { ChatPerson, ChatSender } from "../senders.ts";
import type { TeamsSender } from "./read-activity.ts";
import type { RosterMember, TeamsApi } from "./teams-api.ts";

/** What people are told to look for; the name under which the app's manifest installs it. */
export const botName = "CloudOptima";

const foreignReason = "People of other organizations cannot use CloudOptima here.";

/** Who wrote or pressed in Teams. `fresh` asks Teams now instead of trusting the last minutes. */
export type ReadChatSender = (sender: TeamsSender, options: { fresh: boolean }) => ChatSender;

export function createTeamsPeople(api: TeamsApi, tenantId: string, now: () => number): ReadChatSender {
  const known = createKnownPeople(now);
  return (sender, { fresh }) => ({
    account: { teamId: sender.tenantId, chatUserId: sender.objectId || sender.rosterId },
    homeId: tenantId,
    foreignReason,
    readPerson: () =>
      known[fresh ? "read" : "recall"](`${sender.objectId} ${sender.rosterId}`, async () => {
        const look = () => api.member(sender.place, sender.rosterId);
        // Whoever pressed a button waits for the answer, and Teams does not wait long.
        const member = await (fresh ? look().catch(sayTryAgain) : api.insist(look));
        return toPerson(member, sender, tenantId);
      }),
    botName: async () => botName,
  });
}

function sayTryAgain(cause: unknown): never {
  throw new AppError("unavailable", "Teams did not say just now who you are, so nothing was done.", {
    hint: "Try again in a moment.",
    cause,
  });
}

function toPerson(member: RosterMember | null, sender: TeamsSender, tenantId: string): ChatPerson {
  const { name, userPrincipalName } = member ?? {};
  const called = name || sender.objectId || "Somebody";
  return {
    name: safeName(userPrincipalName ? `${called} (${userPrincipalName})` : called, 120),
    outsider: outsiderReason(member, sender, tenantId),
  };
}

function outsiderReason(member: RosterMember | null, sender: TeamsSender, tenantId: string): string | null {
  if (!member) return "You are not in this conversation any more.";
  // The roster must know the same account as the signed activity does.
  const objectId = (member.aadObjectId ?? member.objectId ?? "").toLowerCase();
  if (!sender.objectId || objectId !== sender.objectId)
    return "This account is no person of this organization.";
  if (member.tenantId?.toLowerCase() !== tenantId) return foreignReason;
  if (isGuest(member)) return "Guests of this organization cannot use CloudOptima.";
  return null;
}

/** Guests have a role of their own, and a mark in their sign-in name. Whoever has no role stated is taken for one. */
function isGuest({ userRole, userPrincipalName }: RosterMember): boolean {
  return userRole?.toLowerCase() !== "user" || (userPrincipalName?.toUpperCase().includes("#EXT#") ?? false);
}
