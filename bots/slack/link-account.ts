import type { SlackContext, SlackSender } from "./slack-context.ts";

/** Takes a code from a direct message and says what comes next. Throws AppError when it cannot be taken. */
export async function linkAccount(
  { people, members, teamId }: SlackContext,
  sender: SlackSender,
  code: string,
): Promise<string> {
  const account = { teamId: sender.teamId, chatUserId: sender.userId };
  if (sender.teamId !== teamId) {
    throw await members.refuse(account, {
      wanted: "link",
      reason: "People of other workspaces cannot link their account here.",
    });
  }
  const person = await people.read(sender.userId);
  if (person.outsider) throw await members.refuse(account, { wanted: "link", reason: person.outsider });
  const { memberName, confirmMinutes } = await members.redeem(account, person.name, code);
  return (
    `Almost done: open your account page in CloudOptima within ${confirmMinutes} minutes and confirm that ` +
    `${person.name} is ${memberName}. Until then nothing is linked.`
  );
}
