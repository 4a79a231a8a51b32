import { replaceLinkCode } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { ChatPlatform, requireBrowser } from "./chat-link-shapes.ts";
import { createLinkCode, hashLinkCode } from "./link-code.ts";

const codeMinutes = 10;

export default defineOperation({
  name: "create_chat_link_code",
  title: "Link a chat account",
  description:
    "A single-use code, valid for 10 minutes, that the person types to the bot in a direct message. An earlier code is void.",
  permission: "conversations:own",
  effect: "write",
  personOnly: true,
  rest: "POST /chat-links/codes",
  input: z.object({ platform: ChatPlatform }),
  output: z.object({ platform: ChatPlatform, code: z.string(), expiresAt: z.string() }),
  async run(ctx, { platform }) {
    requireBrowser(ctx);
    const code = createLinkCode();
    const expiresAt = await ctx.write((transaction) =>
      replaceLinkCode(transaction, {
        organizationId: ctx.actor.organizationId,
        userId: ctx.actor.userId,
        platform,
        codeHash: hashLinkCode(code),
        demo: ctx.actor.demo ?? false,
        minutes: codeMinutes,
      }),
    );
    return { platform, code, expiresAt: expiresAt.toISOString() };
  },
});
