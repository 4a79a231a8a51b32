import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { keepDocument, longestDocument } from "./keep-document.ts";
import { DocumentSource, DocumentTitle, KnowledgeDocument } from "./knowledge-shapes.ts";

export default defineOperation({
  name: "add_knowledge",
  title: "Add a document to look up",
  description:
    "Keeps a runbook, standard or decision of the organization, as text or Markdown, so that questions find its passages beside the Well-Architected guidance.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /knowledge",
  input: z.object({
    title: DocumentTitle,
    text: z.string().trim().min(1).max(longestDocument).describe("Text or Markdown"),
    source: DocumentSource.optional(),
  }),
  output: KnowledgeDocument,
  run: (ctx, { title, text, source = null }) => keepDocument(ctx, { title, text, source }),
});
