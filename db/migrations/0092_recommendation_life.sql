-- The life of recommendations: each change of status is kept, what people do not want to see is suppressed, and
-- each analysis says what it found beside the one before.

alter table recommendations
  add column status_by uuid,             -- who changed it; null: an analysis or a finished remediation
  add column status_reason text;

-- Written by a trigger alone, so that no way of changing a status can forget it, and never changed after.
create table recommendation_changes (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  recommendation_id uuid not null,
  changed_at timestamptz not null,
  from_status text,                      -- null: it was opened
  to_status text not null,
  changed_by uuid,
  reason text
);
create index recommendation_changes_of on recommendation_changes(organization_id, recommendation_id, id);

create function keep_recommendation_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'UPDATE' and new.status = old.status then return null; end if;
  insert into recommendation_changes
    (organization_id, recommendation_id, changed_at, from_status, to_status, changed_by, reason)
  values (new.organization_id, new.id, new.updated_at, case when tg_op = 'UPDATE' then old.status end,
    new.status, new.status_by, new.status_reason);
  return null;
end $$;
create trigger recommendations_changed after insert or update of status on recommendations
  for each row execute function keep_recommendation_change();

create table recommendation_suppressions (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  type text,                             -- null: every type
  resource_id text,                      -- one resource, lower case
  scope text,                            -- or everything under this id: a resource group or subscription
  tag_key text,                          -- or what has this tag (with this value)
  tag_value text,
  reason text not null,
  expires_at timestamptz,                -- null: until somebody lifts it
  created_by uuid not null,
  created_at timestamptz not null,
  check (type is not null or resource_id is not null or scope is not null or tag_key is not null),
  check (tag_key is not null or tag_value is null)
);
create index recommendation_suppressions_organization on recommendation_suppressions(organization_id, created_at);

create table analyses (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  cause text not null check (cause in ('scan', 'request')),
  status text not null check (status in ('running', 'done', 'failed', 'interrupted')),
  started_at timestamptz not null,       -- real clock, as for scans
  updated_at timestamptz not null,
  ended_at timestamptz,
  subscriptions_done integer not null default 0,
  subscriptions_total integer not null default 0,
  new_count integer not null default 0,
  fixed_count integer not null default 0,
  open_count integer not null default 0,
  by_type jsonb not null default '[]',
  failure text
);
create index analyses_latest on analyses(organization_id, started_at desc);

do $$ declare t text; begin
  foreach t in array array['recommendation_changes', 'recommendation_suppressions', 'analyses'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
  end loop;
end $$;
grant select on recommendation_changes to cloudoptima_app;
grant select, insert, update, delete on recommendation_suppressions, analyses to cloudoptima_app;
