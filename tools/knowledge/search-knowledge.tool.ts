import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listDocuments } from "@cloudoptima/db/queries/knowledge.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { KnowledgePassage } from "./knowledge-shapes.ts";
import { PassageRetriever } from "./passage-retriever.ts";

export const KnowledgeFound = z.object({
  passages: z.array(KnowledgePassage).describe("Best first"),
  searchedBy: z.enum(["words", "words and meaning"]),
  note: z.string().nullable(),
});
export type KnowledgeFound = z.infer<typeof KnowledgeFound>;

export default defineTool({
  name: "search_knowledge",
  title: "Look up guidance",
  description: "Passages of Well-Architected guidance and of the organization's own documents, with sources.",
  examples: [
    "what does the Well-Architected Framework say about backups?",
    "best practices for storage accounts",
    "what does our tagging standard say?",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /knowledge/search",
  input: z.object({
    question: z.string().trim().min(2).max(500),
    limit: z.number().int().min(1).max(10).default(4),
  }),
  output: KnowledgeFound,
  views: ({ passages }) => {
    const rows = passages.flatMap(({ title, source }) => (source === null ? [] : [{ title, source }]));
    const columns = [
      { key: "title", label: "What", format: "text" as const },
      { key: "source", label: "Where it can be read whole", format: "text" as const },
    ];
    return rows.length > 0 ? [{ type: "table", title: "Sources", columns, rows }] : [];
  },
  async run(ctx, { question, limit }) {
    const retriever = new PassageRetriever(ctx, { limit });
    const found = await retriever.invoke(question);
    const passages = found.map(
      ({ pageContent, metadata }): KnowledgePassage => ({
        kind: metadata.kind,
        title: metadata.title,
        text: pageContent,
        source: metadata.source,
        checkId: metadata.kind === "guidance" ? metadata.documentKey : null,
      }),
    );
    const note = passages.length > 0 ? null : await ctx.read(sayNothingFound);
    return { passages, searchedBy: retriever.searchedBy, note };
  },
});

async function sayNothingFound(transaction: TenantTransaction): Promise<string> {
  const guidance = await listDocuments(transaction, "guidance");
  return guidance.length > 0
    ? "Neither the guidance nor a document of yours speaks of that."
    : "The guidance is not here yet: it comes by itself within the hour. No document of yours speaks of that.";
}
