import { deleteDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "delete_knowledge",
  title: "Delete a document to look up",
  description: "Deletes one of the organization's own documents with its passages.",
  permission: "settings:manage",
  effect: "write",
  rest: "DELETE /knowledge/{id}",
  input: z.object({ id: z.guid() }),
  output: z.object({ deleted: z.literal(true) }),
  async run(ctx, { id }) {
    const deleted = await ctx.write((transaction) => deleteDocuments(transaction, "document", [id]));
    if (deleted === 0) throw new AppError("not_found", "There is no document with that id.");
    return { deleted: true as const };
  },
});
