-- What can be looked up in words: guidance that the product brings, and documents of the organization's own (runbooks,
-- standards). Vectors of the passages are added where pgvector is (vector.sql).

create table knowledge_documents (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  kind text not null check (kind in ('guidance', 'document')),
  key text not null,                     -- of guidance its own id, "REL-VM-01"; of a document its id
  title text not null,
  source text,                           -- where it can be read whole
  content_hash text not null,
  characters integer not null,
  created_at timestamptz not null,
  unique (organization_id, kind, key),
  unique (organization_id, id)
);

create table knowledge_passages (
  organization_id uuid not null,
  document_id uuid not null,
  position integer not null,             -- from 0, in the document's order
  title text not null,                   -- the document's, so that its words count for each passage
  body text not null,
  words tsvector generated always as (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')) stored,
  primary key (organization_id, document_id, position),
  foreign key (organization_id, document_id) references knowledge_documents(organization_id, id) on delete cascade
);
create index knowledge_passages_words on knowledge_passages using gin(words);

do $$ declare t text; begin
  foreach t in array array['knowledge_documents', 'knowledge_passages'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = (select current_organization()))', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
