-- Conversations, their messages, and answers pinned to a dashboard.

create table ai_conversations (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  user_id uuid not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index ai_conversations_user on ai_conversations(organization_id, user_id, updated_at desc);

create table ai_messages (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  conversation_id uuid not null references ai_conversations(id) on delete cascade,
  position integer not null,
  role text not null check (role in ('user', 'assistant')),
  content text not null,                 -- plain text, for search and other faces
  parts jsonb not null default '[]',     -- UI message parts, as shown
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  unique (conversation_id, position)
);

create table dashboard_pins (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  user_id uuid not null,
  title text not null,
  tool_name text not null,
  tool_input jsonb not null,             -- run again at each look, so that the pin stays live
  position integer not null,
  created_at timestamptz not null
);

do $$ declare t text; begin
  foreach t in array array['ai_conversations', 'ai_messages', 'dashboard_pins'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
