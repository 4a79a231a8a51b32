import type { ChatSender } from "../senders.ts";
import type { SlackContext, SlackSender } from "./slack-context.ts";

/** Who wrote or pressed in Slack. `fresh` asks Slack now instead of trusting the last minutes. */
export function chatSender(
  { identity, people, teamId }: SlackContext,
  sender: SlackSender,
  { fresh }: { fresh: boolean },
): ChatSender {
  return {
    account: { teamId: sender.teamId, chatUserId: sender.userId },
    homeId: teamId,
    foreignReason: "People of other workspaces cannot use CloudOptima here.",
    readPerson: () => (fresh ? people.read(sender.userId) : people.recall(sender.userId)),
    botName: async () => (await identity()).botName,
  };
}
