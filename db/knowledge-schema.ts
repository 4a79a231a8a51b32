import type { ColumnType, GeneratedAlways } from "kysely";
import type { Timestamp } from "./column-types.ts";

interface KnowledgeDocuments {
  id: string;
  organization_id: string;
  kind: "guidance" | "document";
  key: string;
  title: string;
  source: string | null;
  content_hash: string;
  characters: number;
  created_at: Timestamp;
}

interface KnowledgePassages {
  organization_id: string;
  document_id: string;
  position: number;
  title: string;
  body: string;
  words: GeneratedAlways<string>;
  /** There where pgvector is (vector.sql). */
  embedding: ColumnType<string | null, string | undefined, string | null>;
  embedding_model: ColumnType<string | null, string | undefined, string | null>;
}

export interface KnowledgeSchema {
  knowledge_documents: KnowledgeDocuments;
  knowledge_passages: KnowledgePassages;
}
