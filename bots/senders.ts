import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { describeError } from "./describe-error.ts";
import { type ChatAccount, howToLink, type Members } from "./members.ts";

/** Somebody of the workspace or tenant, by the platform's own records. */
export interface ChatPerson {
  /** "Alice Example (@alice)": plain and single-line. */
  name: string;
  /** Why they may not link, ask or decide here; null: a full member of the workspace. */
  outsider: string | null;
}

/** Somebody who wrote or pressed, by the platform's signed payload, and how to look them up. */
export interface ChatSender {
  account: ChatAccount;
  /** The one workspace or tenant that the bot serves. */
  homeId: string;
  /** What people of any other are told. */
  foreignReason: string;
  readPerson(): Promise<ChatPerson>;
  botName(): Promise<string>;
}

/** Who stands behind a message or click, or the refusal to show them. */
export type FoundSender = { member: Actor } | { refusal: string };

/**
 * The member for whom a chat account stands. Refused, and audited: people of other workspaces, guests, and accounts
 * that no member has linked.
 */
export async function findSender(
  members: Members,
  sender: ChatSender,
  { wanted, proposalId }: { wanted: string; proposalId?: string },
): Promise<FoundSender> {
  const { account, homeId } = sender;
  const refuse = async (reason: string) => ({
    refusal: describeError(await members.refuse(account, { wanted, reason, proposalId })),
  });
  if (account.teamId !== homeId) return refuse(sender.foreignReason);
  const { outsider } = await sender.readPerson();
  if (outsider) return refuse(outsider);
  const member = await members.find(account);
  return member ? { member } : refuse(howToLink(await sender.botName()));
}

/** Takes a code from a direct message and says what comes next. Throws AppError when it cannot be taken. */
export async function linkAccount(members: Members, sender: ChatSender, code: string): Promise<string> {
  const { account, homeId } = sender;
  if (account.teamId !== homeId) {
    throw await members.refuse(account, { wanted: "link", reason: sender.foreignReason });
  }
  const person = await sender.readPerson();
  if (person.outsider) throw await members.refuse(account, { wanted: "link", reason: person.outsider });
  const { memberName, confirmMinutes } = await members.redeem(account, person.name, code);
  return (
    `Almost done: open your account page in CloudOptima within ${confirmMinutes} minutes and confirm that ` +
    `${person.name} is ${memberName}. Until then nothing is linked.`
  );
}
