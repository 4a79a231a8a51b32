import { deleteConversation } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { conversationNotFound, ownerOf } from "./conversation-shapes.ts";

export default defineOperation({
  name: "delete_conversation",
  title: "Delete a conversation",
  description: "Deletes one of the person's own conversations with its messages. Pins made from it stay.",
  permission: "conversations:own",
  effect: "write",
  rest: ["DELETE /conversations/{id}", "DELETE /ai/conversations/{id}"],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const gone = await ctx.write((transaction) => deleteConversation(transaction, ownerOf(ctx), id));
    if (!gone) throw conversationNotFound();
    return { id };
  },
});
