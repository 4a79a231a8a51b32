import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { howToLink } from "../members.ts";
import type { SlackContext, SlackSender } from "./slack-context.ts";

/** Who stands behind a message or click, or the refusal to show them. */
export type FoundSender = { member: Actor } | { refusal: string };

/**
 * The member for whom a Slack account stands. Refused, and audited: people of other workspaces, guests, and
 * accounts that no member has linked. `fresh` asks Slack now instead of trusting the last minutes.
 */
export async function findSender(
  context: SlackContext,
  sender: SlackSender,
  wanted: string,
  { fresh, proposalId }: { fresh: boolean; proposalId?: string },
): Promise<FoundSender> {
  const { members, people } = context;
  const account = { teamId: sender.teamId, chatUserId: sender.userId };
  const refuse = async (reason: string) => {
    const refusal = await members.refuse(account, { wanted, reason, proposalId });
    return { refusal: refusal.hint ? `${refusal.message} ${refusal.hint}` : refusal.message };
  };
  if (sender.teamId !== context.teamId) {
    return refuse("People of other workspaces cannot use CloudOptima here.");
  }
  const person = await (fresh ? people.read(sender.userId) : people.recall(sender.userId));
  if (person.outsider) return refuse(person.outsider);
  const member = await members.find(account);
  if (member) return { member };
  return refuse(howToLink((await context.identity()).botName));
}
