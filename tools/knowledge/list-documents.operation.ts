import { listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { KnowledgeDocument } from "./knowledge-shapes.ts";

export default defineOperation({
  name: "list_knowledge",
  title: "List documents to look up",
  description: "The organization's own documents that questions are answered from, by title.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /knowledge",
  input: z.object({}),
  output: z.object({ documents: z.array(KnowledgeDocument) }),
  async run(ctx) {
    const documents = await ctx.read((transaction) => listDocuments(transaction, "document"));
    return { documents: documents.map((document) => KnowledgeDocument.parse(document)) };
  },
});
