import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { ChatPlatform, requireChatHandler } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "refuse_chat_request",
  title: "Refuse a chat request",
  description:
    "Refuses a message or click from a chat that no member stands behind, with its reason, which the audit log keeps.",
  permission: "conversations:own",
  effect: "write",
  input: z.object({
    platform: ChatPlatform,
    reason: z.string().min(1).max(300),
    /** What was wanted, e.g. "approve", "link", "request". */
    wanted: z.string().max(40),
    teamId: z.string().max(300).nullable(),
    chatUserId: z.string().max(300).nullable(),
    proposalId: z.uuid().nullable(),
  }),
  output: z.object({}),
  async run(ctx, { reason }) {
    requireChatHandler(ctx);
    throw new AppError("forbidden", reason);
  },
});
