import { updateConversationTitle } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ConversationTitle, conversationNotFound, nowAsDate, ownerOf } from "./conversation-shapes.ts";

export default defineOperation({
  name: "rename_conversation",
  title: "Rename a conversation",
  description: "Gives one of the person's own conversations another title.",
  permission: "conversations:own",
  effect: "write",
  rest: "PUT /conversations/{id}",
  input: z.object({ id: z.uuid(), title: ConversationTitle }),
  output: z.object({ id: z.uuid(), title: z.string() }),
  async run(ctx, { id, title }) {
    const changed = await ctx.write((transaction) =>
      updateConversationTitle(transaction, ownerOf(ctx), id, title, nowAsDate(ctx)),
    );
    if (!changed) throw conversationNotFound();
    return { id, title };
  },
});
