-- Passages by meaning, where pgvector can be used. No index: an organization has some thousands of passages at most,
-- which are compared one by one in milliseconds and, unlike through an index, without missing any. The number of
-- dimensions is the embedding model's.
create extension if not exists vector;
alter table knowledge_passages add column embedding vector, add column embedding_model text,
  add check ((embedding is null) = (embedding_model is null));
