import { knowsVectors, searchByMeaning, searchByWords } from "@cloudoptima/db/queries/knowledge.ts";
import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import type { ReadContext } from "../kernel/context.ts";
import { fuse, type Passage } from "./fuse.ts";

/** Each search brings more than is shown: what both find a little is often better than what one finds alone. */
const CANDIDATES = 20;

/** A passage without its text, which a document of LangChain has beside it. */
type Source = Omit<Passage, "body">;

/**
 * LangChain's retriever over an organization's passages: by their words, and where vectors are and a model embeds the
 * question, by meaning too. `searchedBy` tells which after a call.
 */
export class PassageRetriever extends BaseRetriever<Source> {
  override lc_namespace = ["cloudoptima", "knowledge"];
  searchedBy: "words" | "words and meaning" = "words";
  readonly #ctx: ReadContext;
  readonly #limit: number;

  constructor(ctx: ReadContext, options: { limit: number }) {
    super({});
    this.#ctx = ctx;
    this.#limit = options.limit;
  }

  override async _getRelevantDocuments(question: string): Promise<Document<Source>[]> {
    const vector = await this.#embed(question);
    const lists = await this.#ctx.read(async (transaction) => {
      const byWords = await searchByWords(transaction, question, CANDIDATES);
      return vector ? [byWords, await searchByMeaning(transaction, vector, CANDIDATES)] : [byWords];
    });
    this.searchedBy = vector ? "words and meaning" : "words";
    return fuse(lists)
      .slice(0, this.#limit)
      .map(({ body, ...metadata }) => new Document({ pageContent: body, metadata }));
  }

  /** Null where nothing can be found by meaning; a model that fails costs the answer's breadth, not the answer. */
  async #embed(question: string) {
    const { embedder, signal } = this.#ctx;
    if (!embedder || !(await this.#ctx.read(knowsVectors))) return null;
    try {
      const [vector] = await embedder.embed([question], signal);
      return { vector: vector!, model: embedder.model };
    } catch (err) {
      signal.throwIfAborted();
      this.#ctx.log.warn({ err }, "knowledge is searched by words alone");
      return null;
    }
  }
}
