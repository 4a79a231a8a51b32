import { deleteDocuments, insertDocument, listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { embedPassages } from "./embed-passages.ts";
import { guidanceByHash } from "./guidance.ts";

export default defineOperation({
  name: "refresh_knowledge",
  title: "Bring knowledge up to date",
  description:
    "Puts this version's Well-Architected guidance in place of an older one's, and reads passages by meaning that the embedding model has not read yet. It happens by itself once an hour.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /knowledge/refresh",
  input: z.object({}),
  output: z.object({
    changed: z.number().int().describe("Pieces of guidance that are new or other than before"),
    embedded: z.number().int().describe("Passages that were read by meaning"),
  }),
  async run(ctx) {
    const wanted = new Map(guidanceByHash);
    const createdAt = ctx.realNow().toISOString();
    const changed = await ctx.write(async (transaction) => {
      const known = await listDocuments(transaction, "guidance");
      const gone = known.filter(({ contentHash }) => !wanted.has(contentHash));
      await deleteDocuments(
        transaction,
        "guidance",
        gone.map(({ id }) => id),
      );
      for (const { contentHash } of known) wanted.delete(contentHash);
      for (const [contentHash, { key, title, body, source }] of wanted) {
        const document = { id: ctx.newId(), key, title, source, contentHash, createdAt };
        await insertDocument(transaction, { ...document, kind: "guidance", characters: body.length }, [body]);
      }
      return wanted.size;
    });
    return { changed, embedded: await embedPassages(ctx) };
  },
});
