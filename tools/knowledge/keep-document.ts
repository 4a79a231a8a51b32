import { createHash } from "node:crypto";
import { insertDocument, listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { embedPassages } from "./embed-passages.ts";
import type { KnowledgeDocument } from "./knowledge-shapes.ts";
import { splitDocument } from "./split-document.ts";

/** Documents of one organization. */
const mostDocuments = 500;
/** Characters of one. */
export const longestDocument = 200_000;

/** Keeps a document with its passages. Throws conflict where its text is there already, or no more are kept. */
export async function keepDocument(
  ctx: WriteContext,
  { title, text, source }: { title: string; text: string; source: string | null },
): Promise<KnowledgeDocument> {
  const contentHash = createHash("sha256").update(`${title}\n${text}`).digest("hex");
  const passages = await splitDocument(text);
  const id = ctx.newId();
  const createdAt = ctx.realNow().toISOString();
  const document = { id, title, source, characters: text.length, createdAt };
  await ctx.write(async (transaction) => {
    const known = await listDocuments(transaction, "document");
    const same = known.find((other) => other.contentHash === contentHash);
    if (same) throw new AppError("conflict", `"${same.title}" has this text already.`);
    if (known.length >= mostDocuments) {
      throw new AppError("conflict", `There are ${mostDocuments} documents, as many as are kept.`, {
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
}
