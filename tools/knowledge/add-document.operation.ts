import { createHash } from "node:crypto";
import { insertDocument, listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { embedPassages } from "./embed-passages.ts";
import { KnowledgeDocument } from "./knowledge-shapes.ts";
import { splitDocument } from "./split-document.ts";

const MOST_DOCUMENTS = 500;

export default defineOperation({
  name: "add_knowledge",
  title: "Add a document to look up",
  description:
    "Keeps a runbook, standard or decision of the organization, as text or Markdown, so that questions find its passages beside the Well-Architected guidance.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /knowledge",
  input: z.object({
    title: z.string().trim().min(2).max(200),
    text: z.string().trim().min(1).max(200_000).describe("Text or Markdown"),
    source: z
      .url({ protocol: /^https?$/ })
      .max(1_000)
      .optional()
      .describe("Where it can be read whole"),
  }),
  output: KnowledgeDocument,
  async run(ctx, { title, text, source }) {
    const contentHash = createHash("sha256").update(`${title}\n${text}`).digest("hex");
    const passages = await splitDocument(text);
    const id = ctx.newId();
    const createdAt = ctx.realNow().toISOString();
    const document = { id, title, source: source ?? null, characters: text.length, createdAt };
    await ctx.write(async (transaction) => {
      const known = await listDocuments(transaction, "document");
      const same = known.find((other) => other.contentHash === contentHash);
      if (same) throw new AppError("conflict", `"${same.title}" has this text already.`);
      if (known.length >= MOST_DOCUMENTS) {
        throw new AppError("conflict", `There are ${MOST_DOCUMENTS} documents, as many as are kept.`, {
          hint: "Delete one that nobody needs.",
        });
      }
      await insertDocument(transaction, { ...document, kind: "document", key: id, contentHash }, passages);
    });
    // The document is kept and found by its words; a model that fails now is asked again at the next refresh.
    await embedPassages(ctx).catch((err: unknown) => {
      ctx.signal.throwIfAborted();
      ctx.log.warn({ err }, "a document is found by its words alone until the next refresh");
    });
    return { ...document, passageCount: passages.length };
  },
});
