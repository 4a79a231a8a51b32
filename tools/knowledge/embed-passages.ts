import { knowsVectors, passagesToEmbed, storeVectors } from "@cloudoptima/db/queries/knowledge.ts";
import type { WriteContext } from "../kernel/context.ts";

/** OpenAI takes up to 2,048 texts and 300,000 tokens at once; a passage has some 300 tokens. */
const AT_ONCE = 128;

/**
 * Gives every passage that lacks one a vector of the present model. Returns how many it made; 0 also where vectors or
 * a model are missing. Throws unavailable when the model fails; what was stored before stays.
 */
export async function embedPassages(
  ctx: Pick<WriteContext, "read" | "write" | "embedder" | "signal" | "progress">,
): Promise<number> {
  const { embedder } = ctx;
  if (!embedder || !(await ctx.read(knowsVectors))) return 0;
  for (let made = 0; ; ) {
    const passages = await ctx.read((transaction) => passagesToEmbed(transaction, embedder.model, AT_ONCE));
    if (passages.length === 0) return made;
    ctx.signal.throwIfAborted();
    const texts = passages.map(({ title, body }) => `${title}\n${body}`);
    const vectors = await embedder.embed(texts, ctx.signal);
    await ctx.write((transaction) =>
      storeVectors(
        transaction,
        embedder.model,
        passages.map((passage, index) => ({ ...passage, vector: vectors[index]! })),
      ),
    );
    made += passages.length;
    ctx.progress({ message: "Reading knowledge by meaning", done: made, unit: "passages" });
  }
}
