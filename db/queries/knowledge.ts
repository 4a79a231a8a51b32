import { sql } from "kysely";
import { toSql } from "pgvector/kysely";
import type { TenantTransaction } from "../client.ts";

export type KnowledgeKind = "guidance" | "document";

export interface KnowledgeDocumentRow {
  id: string;
  kind: KnowledgeKind;
  /** Of guidance its own id; of a document its id once more. */
  key: string;
  title: string;
  source: string | null;
  contentHash: string;
  characters: number;
  createdAt: string;
}

/** A passage that was found; `key` names it, `score` orders what one search found, higher first. */
export interface FoundPassage {
  key: string;
  documentKey: string;
  kind: KnowledgeKind;
  title: string;
  source: string | null;
  body: string;
  score: number;
}

/** Stores a document with its passages, in their order. */
export async function insertDocument(
  transaction: TenantTransaction,
  document: KnowledgeDocumentRow,
  passages: readonly string[],
): Promise<void> {
  const { id, kind, key, title, source, contentHash, characters, createdAt } = document;
  await sql`
    insert into knowledge_documents (id, organization_id, kind, key, title, source, content_hash, characters, created_at)
    values (${id}, current_organization(), ${kind}, ${key}, ${title}, ${source}, ${contentHash}, ${characters},
      ${createdAt})`.execute(transaction);
  await sql`
    insert into knowledge_passages (organization_id, document_id, position, title, body)
    select current_organization(), ${id}, given.position - 1, ${title}, given.body
    from unnest(${[...passages]}::text[]) with ordinality as given(body, position)`.execute(transaction);
}

/** Those of a kind, by title. */
export async function listDocuments(
  transaction: TenantTransaction,
  kind: KnowledgeKind,
): Promise<(KnowledgeDocumentRow & { passageCount: number })[]> {
  const rows = await transaction
    .selectFrom("knowledge_documents as d")
    .select((eb) => [
      "d.id",
      "d.kind",
      "d.key",
      "d.title",
      "d.source",
      "d.content_hash",
      "d.characters",
      "d.created_at",
      eb
        .selectFrom("knowledge_passages as p")
        .select((of) => of.fn.countAll<string>().as("n"))
        .whereRef("p.document_id", "=", "d.id")
        .as("passages"),
    ])
    .where("d.kind", "=", kind)
    .orderBy("d.title")
    .orderBy("d.id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    key: row.key,
    title: row.title,
    source: row.source,
    contentHash: row.content_hash,
    characters: row.characters,
    createdAt: row.created_at.toISOString(),
    passageCount: Number(row.passages),
  }));
}

/** Deletes documents with their passages. Returns how many there were. */
export async function deleteDocuments(
  transaction: TenantTransaction,
  kind: KnowledgeKind,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const deleted = await transaction
    .deleteFrom("knowledge_documents")
    .where("kind", "=", kind)
    .where("id", "in", [...ids])
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

const found = sql`p.document_id || '/' || p.position as key, d.key as "documentKey",
  d.kind, p.title, d.source, p.body`;
const passages = sql`knowledge_passages p join knowledge_documents d on d.id = p.document_id`;

/** Passages that share words with the question, in any grammatical form; the rarer and more, the higher. */
export async function searchByWords(
  transaction: TenantTransaction,
  question: string,
  limit: number,
): Promise<FoundPassage[]> {
  // Any of the words may be missing: plainto_tsquery drops stop words and asks for all that is left.
  const { rows } = await sql<FoundPassage>`
    with asked as (select replace(plainto_tsquery('english', ${question})::text, '&', '|')::tsquery as query)
    select ${found}, ts_rank(p.words, asked.query, 1) as score
    from asked, ${passages} where p.words @@ asked.query
    order by score desc, p.document_id, p.position limit ${limit}`.execute(transaction);
  return rows;
}

/** Whether passages can be found by meaning here: pgvector is, and the application may use it. */
export async function knowsVectors(transaction: TenantTransaction): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from pg_attribute where attrelid = 'knowledge_passages'::regclass
      and attname = 'embedding' and not attisdropped) as known`.execute(transaction);
  return rows[0]!.known;
}

/** Passages nearest in meaning by cosine, of those that this model embedded; the score is 1 - distance. */
export async function searchByMeaning(
  transaction: TenantTransaction,
  asked: { vector: readonly number[]; model: string },
  limit: number,
): Promise<FoundPassage[]> {
  const distance = sql`p.embedding <=> ${toSql([...asked.vector])}::vector`;
  const { rows } = await sql<FoundPassage>`
    select ${found}, 1 - (${distance}) as score from ${passages}
    where p.embedding_model = ${asked.model} and vector_dims(p.embedding) = ${asked.vector.length}
    order by ${distance}, p.document_id, p.position limit ${limit}`.execute(transaction);
  return rows;
}

export interface PassageText {
  documentId: string;
  position: number;
  title: string;
  body: string;
}

/** Passages that this model has not embedded. */
export async function passagesToEmbed(
  transaction: TenantTransaction,
  model: string,
  limit: number,
): Promise<PassageText[]> {
  const { rows } = await sql<PassageText>`
    select document_id as "documentId", position, title, body from knowledge_passages
    where embedding_model is distinct from ${model} order by document_id, position limit ${limit}`.execute(
    transaction,
  );
  return rows;
}

/** Keeps the vectors of passages; one that is gone meanwhile is let go. */
export async function storeVectors(
  transaction: TenantTransaction,
  model: string,
  vectors: readonly (Pick<PassageText, "documentId" | "position"> & { vector: readonly number[] })[],
): Promise<void> {
  await sql`
    update knowledge_passages p set embedding = given.vector::vector, embedding_model = ${model}
    from unnest(${vectors.map((each) => each.documentId)}::uuid[], ${vectors.map((each) => each.position)}::int[],
      ${vectors.map((each) => toSql([...each.vector]))}::text[]) as given(document_id, position, vector)
    where p.document_id = given.document_id and p.position = given.position`.execute(transaction);
}
