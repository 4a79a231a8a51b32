import type { EvalCase } from "./eval-case.ts";

/** What guidance says, looked up by the words of the question; the words judged are of Microsoft's own advice. */
export const contosoKnowledge: readonly EvalCase[] = [
  {
    family: "knowledge",
    question: "What does the Well-Architected Framework say about availability zones?",
    tools: ["search_knowledge"],
    says: /zone/i,
  },
  {
    family: "knowledge",
    question: "best practices for storage account access keys",
    tools: ["search_knowledge"],
    says: /\bkeys?\b/i,
  },
  {
    family: "knowledge",
    question: "is there guidance on backups of SQL databases?",
    tools: ["search_knowledge"],
    says: /backup|restore/i,
  },
  {
    family: "knowledge",
    question: "what do our runbooks say about zebras?",
    tools: ["search_knowledge"],
    says: /neither the guidance nor a document/i,
  },
];
