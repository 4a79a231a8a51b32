-- The audit log as one chain per organization: rows without gaps, each with a MAC over all its columns and the MAC
-- of the row before, made with a key that the database never sees. Whoever can write here can neither change,
-- insert, reorder nor remove a row without `audit verify` telling.

-- Rows from before the chain are kept for the operator, out of the application's reach: nothing can vouch for them.
do $$ begin
  alter table audit_log no force row level security;
  if exists (select from audit_log) then
    alter table audit_log rename to audit_log_before_chain;
    drop policy tenant on audit_log_before_chain;
    revoke all on audit_log_before_chain from cloudoptima_app;
  else
    drop table audit_log;
  end if;
end $$;

create table audit_log (
  organization_id uuid not null references organizations(id),
  sequence bigint not null check (sequence > 0),
  id uuid not null,
  user_id uuid,                          -- null: nobody that we know, as in a failed sign-in
  action text not null,
  outcome text not null check (outcome in ('done', 'failed', 'refused')),
  source text not null,
  resource_type text,
  resource_id text,
  details json not null,                 -- json, not jsonb: the MAC is over the very text that is stored
  ip_address inet,
  created_at timestamptz not null,
  previous_mac text not null,            -- '' before the first row
  mac text not null,
  constraint audit_log_chain primary key (organization_id, sequence),
  constraint audit_log_id unique (id)
);
create index audit_log_time on audit_log(organization_id, created_at);

-- The newest row of each chain: what the next one follows, and a witness of rows that were cut off.
create table audit_heads (
  organization_id uuid primary key references organizations(id),
  sequence bigint not null,
  mac text not null
);

-- Names the key that signs here, so that a host with another key is told at its start instead of breaking chains.
create table audit_key (
  only_one boolean primary key default true check (only_one),
  key_id text not null
);

do $$ declare t text; begin
  foreach t in array array['audit_log', 'audit_heads'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
  end loop;
end $$;
-- Append-only: the application can neither change nor remove what was audited, nor move a chain's head by hand.
grant select, insert on audit_log to cloudoptima_app;
grant select on audit_heads to cloudoptima_app;

-- Holds the organization's head until the transaction ends, so that two audits never follow the same row.
-- The time is read under that lock: a later row is never earlier. Milliseconds, because faces keep no more.
create function audit_lock_head(out sequence bigint, out mac text, out at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into audit_heads values (current_organization(), 0, '') on conflict do nothing;
  select h.sequence, h.mac into audit_lock_head.sequence, audit_lock_head.mac
    from audit_heads h where h.organization_id = current_organization() for update;
  at := date_trunc('milliseconds', clock_timestamp());
end $$;
revoke execute on function audit_lock_head() from public;
grant execute on function audit_lock_head() to cloudoptima_app;

create function audit_advance_head() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.sequence = 1 then
    insert into audit_heads values (new.organization_id, 0, '') on conflict do nothing;
  end if;
  update audit_heads set sequence = new.sequence, mac = new.mac
    where organization_id = new.organization_id
      and sequence = new.sequence - 1 and mac = new.previous_mac;
  if not found then
    raise exception 'the row does not follow the head of the audit chain' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger audit_advance_head after insert on audit_log
  for each row execute function audit_advance_head();
