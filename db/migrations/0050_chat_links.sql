-- Which chat account is which member, and where in a chat our messages stand.

-- The workspaces (Slack) and tenants (Teams) whose bot this organization runs; what the web shows beside "link".
create table chat_workspaces (
  organization_id uuid not null references organizations(id),
  platform text not null check (platform in ('slack', 'teams')),
  team_id text not null,
  team_name text not null,
  bot_name text not null,
  connected_at timestamptz not null,
  primary key (organization_id, platform, team_id)
);

-- A code that a signed-in person shows to the bot: one at a time, gone when used. Only its hash is kept.
create table chat_link_codes (
  organization_id uuid not null references organizations(id),
  user_id uuid not null references users(id) on delete cascade,
  platform text not null check (platform in ('slack', 'teams')),
  code_hash text not null,
  demo boolean not null,                 -- made in a session of the demo's one click
  expires_at timestamptz not null,
  primary key (organization_id, user_id, platform)
);
create unique index chat_link_codes_hash on chat_link_codes(organization_id, platform, code_hash);

-- Counts until confirmed_at is set by the member in the web, with both names before their eyes.
create table chat_links (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  user_id uuid not null references users(id) on delete cascade,
  platform text not null check (platform in ('slack', 'teams')),
  team_id text not null,
  chat_user_id text not null,
  chat_name text not null,
  demo boolean not null,
  requested_at timestamptz not null,
  confirm_before timestamptz not null,
  confirmed_at timestamptz
);
create index chat_links_user on chat_links(organization_id, user_id);
create unique index chat_links_account on chat_links(organization_id, platform, team_id, chat_user_id)
  where confirmed_at is not null;
create unique index chat_links_member on chat_links(organization_id, platform, team_id, user_id)
  where confirmed_at is not null;
create unique index chat_links_pending on chat_links(organization_id, platform, user_id)
  where confirmed_at is null;

-- Codes typed by a chat account in the running window, right or wrong.
create table chat_link_attempts (
  organization_id uuid not null references organizations(id),
  platform text not null,
  team_id text not null,
  chat_user_id text not null,
  window_start timestamptz not null,
  attempt_count integer not null,
  primary key (organization_id, platform, team_id, chat_user_id)
);

-- One conversation for each person in each thread.
create table chat_threads (
  organization_id uuid not null references organizations(id),
  platform text not null,
  team_id text not null,
  channel_id text not null,
  thread_id text not null,
  user_id uuid not null references users(id) on delete cascade,
  conversation_id uuid not null references ai_conversations(id) on delete cascade,
  primary key (organization_id, platform, team_id, channel_id, thread_id, user_id)
);
create index chat_threads_conversation on chat_threads(conversation_id);

-- Messages that were taken up: a delivery that comes again, to this process or another, is not answered twice.
create table chat_messages (
  organization_id uuid not null references organizations(id),
  platform text not null,
  team_id text not null,
  channel_id text not null,
  message_id text not null,
  taken_at timestamptz not null,
  primary key (organization_id, platform, team_id, channel_id, message_id)
);
create index chat_messages_taken on chat_messages(organization_id, taken_at);

-- Where a proposal's card stands, so that it changes for everyone when the proposal does.
create table chat_cards (
  organization_id uuid not null,
  platform text not null check (platform in ('slack', 'teams')),
  team_id text not null,
  channel_id text not null,
  message_id text not null,
  address jsonb not null default '{}',   -- what else a platform needs to reach the message
  proposal_id uuid not null,
  posted_at timestamptz not null,
  primary key (organization_id, platform, team_id, channel_id, message_id),
  foreign key (organization_id, proposal_id) references remediation_actions(organization_id, id)
);
create index chat_cards_proposal on chat_cards(organization_id, proposal_id);

do $$ declare t text; begin
  foreach t in array array['chat_workspaces', 'chat_link_codes', 'chat_links', 'chat_link_attempts', 'chat_threads',
      'chat_messages', 'chat_cards'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
