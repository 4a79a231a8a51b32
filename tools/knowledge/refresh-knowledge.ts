import { deleteDocuments, insertDocument, listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { lockOrganization } from "@cloudoptima/db/queries/organizations.ts";
import type { WriteContext } from "../kernel/context.ts";
import { embedPassages } from "./embed-passages.ts";
import { guidanceByHash } from "./guidance.ts";

export type RefreshContext = Pick<
  WriteContext,
  "read" | "write" | "realNow" | "newId" | "embedder" | "signal" | "progress"
>;

/**
 * Puts this version's guidance in place of an older one's, and embeds what the present model has not embedded. Returns
 * how many pieces of guidance are new or other than before, and how many passages were embedded.
 */
export async function refreshKnowledge(ctx: RefreshContext): Promise<{ changed: number; embedded: number }> {
  const wanted = new Map(guidanceByHash);
  const createdAt = ctx.realNow().toISOString();
  const changed = await ctx.write(async (transaction) => {
    await lockOrganization(transaction); // the web and a worker may start at the same moment
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
}
