import { selectPins } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ownerOf } from "./conversation-shapes.ts";
import { Pin } from "./pin-shapes.ts";

export default defineOperation({
  name: "list_pins",
  title: "Pinned answers",
  description: "The answers on the person's dashboard, in its order.",
  permission: "conversations:own",
  effect: "read",
  rest: "GET /pins",
  input: z.object({}),
  output: z.object({ pins: z.array(Pin) }),
  async run(ctx) {
    const rows = await ctx.read((transaction) => selectPins(transaction, ownerOf(ctx)));
    return {
      pins: rows.map((row) => ({
        id: row.id,
        title: row.title,
        toolName: row.tool_name,
        toolInput: row.tool_input,
        createdAt: row.created_at.toISOString(),
      })),
    };
  },
});
