import { z } from "zod";

export const DocumentTitle = z.string().trim().min(2).max(200);
export const DocumentSource = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .describe("Where it can be read whole");

export const KnowledgeDocument = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string().nullable().describe("Where it can be read whole"),
  characters: z.number().int(),
  passageCount: z.number().int(),
  createdAt: z.string().describe("ISO time"),
});
export type KnowledgeDocument = z.infer<typeof KnowledgeDocument>;

export const KnowledgePassage = z.object({
  kind: z.enum(["guidance", "document"]).describe("document: one that this organization added"),
  title: z.string(),
  text: z.string(),
  source: z.string().nullable(),
  checkId: z.string().nullable().describe("Of guidance: the check of the assessment that it stands behind"),
});
export type KnowledgePassage = z.infer<typeof KnowledgePassage>;
