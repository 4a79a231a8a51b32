import {
  type ChatAccount,
  countLinkAttempt,
  findLinkOfAccount,
  requestLink,
  takeLinkCode,
} from "@cloudoptima/db/queries/chat-links.ts";
import { listPeople } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { ChatName, chatAccountFields, requireChatHandler } from "./chat-link-shapes.ts";
import { hashLinkCode } from "./link-code.ts";

const mostAttempts = 5;
const windowMinutes = 10;
const confirmMinutes = 30;

export default defineOperation({
  name: "redeem_chat_link_code",
  title: "Take a link code from a chat",
  description:
    "Binds the chat account that typed a member's code to that member, as a wish that the member confirms in the web.",
  permission: "conversations:own",
  effect: "write",
  input: z.object({ ...chatAccountFields, chatName: z.string().max(1_000), linkCode: z.string().length(8) }),
  output: z.object({ memberName: z.string(), confirmMinutes: z.number().int() }),
  async run(ctx, { linkCode, chatName, ...account }) {
    requireChatHandler(ctx);
    const { organizationId } = ctx.actor;
    // In a transaction of its own: a wrong code must count although what follows is rolled back.
    const attempts = await ctx.write((transaction) =>
      countLinkAttempt(transaction, organizationId, account, windowMinutes),
    );
    if (attempts > mostAttempts) {
      throw new AppError("rate_limited", "That were too many codes.", {
        hint: `Wait ${windowMinutes} minutes, then ask for a new code in the web.`,
      });
    }
    return ctx.write(async (transaction) => {
      await refuseLinkedAccount(transaction, account);
      const owner = await takeLinkCode(transaction, account.platform, hashLinkCode(linkCode));
      const person = (await listPeople(transaction)).find(({ id }) => id === owner?.user_id);
      if (!owner || !person) {
        throw new AppError("not_found", "This code is wrong, used or older than 10 minutes.", {
          hint: "Ask for a new one on your account page in the web, and type it here.",
        });
      }
      await requestLink(transaction, {
        ...account,
        id: ctx.newId(),
        organizationId,
        userId: person.id,
        chatName: ChatName.parse(chatName),
        demo: owner.demo,
        minutes: confirmMinutes,
      });
      return { memberName: person.name, confirmMinutes };
    });
  },
});

async function refuseLinkedAccount(
  transaction: Parameters<typeof findLinkOfAccount>[0],
  account: ChatAccount,
): Promise<void> {
  if (!(await findLinkOfAccount(transaction, account))) return;
  throw new AppError("conflict", "This chat account is linked to a member already.", {
    hint: "To link it anew, remove the link on the account page first.",
  });
}
