-- Sign-in: passwords, browser sessions, refresh tokens, API keys, invitations.
-- "Who is this?" is asked before an organization is known, so one role, cloudoptima_access, sees these tables and
-- the people of every organization, and nothing else. The tenant's role never sees a password, session or token.

do $$ begin
  if not exists (select from pg_roles where rolname = 'cloudoptima_access') then
    create role cloudoptima_access nologin;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    grant cloudoptima_access to current_user;
  end if;
end $$;
grant usage on schema public to cloudoptima_access;

alter table users
  add column email_verified boolean not null default false,
  add column image text,
  add column updated_at timestamptz not null default now(),
  -- Access tokens made before it count no more: a new password ends what the old one opened.
  add column tokens_valid_from timestamptz,
  add constraint users_email_lower check (email = lower(email)),
  -- So that a row about a person can only be of the person's own organization.
  add constraint users_in_organization unique (organization_id, id);

-- One row per way in. The password's is provider 'credential'; single sign-on adds its own.
create table sign_in_accounts (
  id uuid primary key,
  user_id uuid not null references users(id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,                          -- argon2id, PHC string
  demo boolean not null default false,    -- set while signed in by the demo's one click
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index sign_in_accounts_user on sign_in_accounts(user_id);

create table sign_in_sessions (
  id uuid primary key,
  user_id uuid not null references users(id) on delete cascade,
  token text not null unique,             -- worthless without the signature that the cookie carries
  demo boolean not null default false,
  signed_in_at timestamptz not null,      -- when the password was last given
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sign_in_sessions_user on sign_in_sessions(user_id);

-- Of the sign-in library, for one-time proofs (single sign-on, e-mail).
create table sign_in_verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sign_in_verifications_identifier on sign_in_verifications(identifier);

create table refresh_tokens (
  id uuid primary key,
  user_id uuid not null references users(id) on delete cascade,
  family_id uuid not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_tokens_family on refresh_tokens(family_id);
create index refresh_tokens_user on refresh_tokens(user_id);

-- Tries to sign in, per address and per account, in a fixed window; shared by all processes.
create table sign_in_attempts (
  key text primary key,
  attempt_count integer not null,
  window_ends_at timestamptz not null
);

create table api_keys (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  user_id uuid not null,
  name text not null,
  role text not null check (role in ('admin', 'member', 'viewer', 'auditor')),
  start text,                             -- the first characters, to tell one from another
  prefix text,
  key_hash text not null unique,
  expires_at timestamptz,
  enabled boolean not null default true,
  config_id text not null default 'default',
  rate_limit_enabled boolean not null default true,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  last_request timestamptz,
  permissions text,
  metadata text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  foreign key (organization_id, user_id) references users(organization_id, id) on delete cascade
);
create index api_keys_user on api_keys(organization_id, user_id);

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  -- Set: a new password for this person. Null: somebody new.
  user_id uuid,
  email text not null check (email = lower(email)),
  role text not null check (role in ('admin', 'member', 'viewer', 'auditor')),
  token_hash text not null unique,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  foreign key (organization_id, user_id) references users(organization_id, id) on delete cascade
);
create index invitations_organization on invitations(organization_id, created_at desc);

-- Names of who was removed: approvals and the audit log still speak of them.
create table former_people (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  email text not null,
  name text not null,
  removed_at timestamptz not null,
  removed_by uuid not null
);

do $$ declare t text; begin
  foreach t in array array['sign_in_accounts', 'sign_in_sessions', 'sign_in_verifications', 'refresh_tokens',
                           'sign_in_attempts', 'api_keys', 'invitations', 'former_people'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['sign_in_accounts', 'sign_in_sessions', 'sign_in_verifications', 'refresh_tokens',
                           'sign_in_attempts'] loop
    execute format('create policy access on %I to cloudoptima_access using (true)', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_access', t);
  end loop;
  foreach t in array array['api_keys', 'invitations', 'former_people'] loop
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert on %I to cloudoptima_app', t);
  end loop;
  foreach t in array array['organizations', 'users', 'api_keys', 'invitations'] loop
    execute format('create policy access on %I to cloudoptima_access using (true)', t);
    execute format('grant select on %I to cloudoptima_access', t);
  end loop;
end $$;
grant delete on api_keys to cloudoptima_app;
grant update (revoked_at) on invitations to cloudoptima_app;
grant update, delete on api_keys to cloudoptima_access;   -- counts its uses, drops what expired
grant update (accepted_at) on invitations to cloudoptima_access;
grant insert on organizations to cloudoptima_access;
-- It never changes a role: that is done inside the organization, by an admin.
grant insert on users to cloudoptima_access;
grant update (email, name, email_verified, image, last_login, tokens_valid_from, updated_at) on users
  to cloudoptima_access;
