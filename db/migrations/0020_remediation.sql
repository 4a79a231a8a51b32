-- The gate: proposals with a frozen plan, decisions by people, a journal of every step.
-- The application role may propose and read. Only cloudoptima_gate records decisions and only
-- cloudoptima_worker moves an approved plan on; triggers hold the rules for every role.

do $$ begin
  if not exists (select from pg_roles where rolname = 'cloudoptima_gate') then create role cloudoptima_gate nologin; end if;
  if not exists (select from pg_roles where rolname = 'cloudoptima_worker') then create role cloudoptima_worker nologin; end if;
end $$;
grant cloudoptima_gate, cloudoptima_worker to current_user;
grant usage on schema public to cloudoptima_gate, cloudoptima_worker;

create table remediation_actions (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  recommendation_ids uuid[] not null default '{}',
  action_type text not null,
  plan text not null,                    -- canonical JSON (RFC 8785): what cards show and approvals bind to
  plan_hash text not null,               -- SHA-256 of those bytes, hex
  risk_level text not null check (risk_level in ('high', 'medium', 'low')),
  reversible boolean not null,
  required_approvers integer not null check (required_approvers between 1 and 2),
  self_approval boolean not null,        -- may the proposer be the approver; frozen with the plan
  proposed_by uuid not null,
  proposed_through text not null,
  undo_of uuid references remediation_actions(id),
  status text not null default 'proposed' check (status in ('proposed', 'simulated', 'approved', 'rejected',
    'expired', 'executing', 'verifying', 'completed', 'failed', 'needs_attention', 'rolled_back')),
  status_reason text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (organization_id, id)
);
create index remediation_actions_status on remediation_actions(organization_id, status, created_at desc);
-- Duplicates are merged: one live proposal per plan.
create unique index remediation_actions_one_live on remediation_actions(organization_id, plan_hash)
  where status in ('proposed', 'simulated', 'approved', 'executing', 'verifying');
-- An undo is used once.
create unique index remediation_actions_one_undo on remediation_actions(undo_of)
  where undo_of is not null and status not in ('rejected', 'expired', 'failed');

create table remediation_approvals (
  id uuid primary key,
  organization_id uuid not null,
  action_id uuid not null,
  plan_hash text not null,
  user_id uuid not null,
  decision text not null check (decision in ('approve', 'reject')),
  reason text,
  through text not null,
  decided_at timestamptz not null,
  unique (action_id, user_id),
  foreign key (organization_id, action_id) references remediation_actions(organization_id, id)
);

create table remediation_items (
  organization_id uuid not null,
  action_id uuid not null,
  position integer not null,
  resource_id text not null,
  status text not null default 'waiting'
    check (status in ('waiting', 'executing', 'verifying', 'completed', 'failed', 'needs_attention')),
  result jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (action_id, position),
  foreign key (organization_id, action_id) references remediation_actions(organization_id, id)
);

create table remediation_journal (
  sequence bigint generated always as identity primary key,
  organization_id uuid not null,
  action_id uuid not null,
  position integer not null,
  step text not null,
  state text not null check (state in ('starting', 'done', 'failed', 'unknown')),
  details jsonb not null default '{}',
  written_at timestamptz not null,
  foreign key (organization_id, action_id) references remediation_actions(organization_id, id)
);
create index remediation_journal_action on remediation_journal(action_id, position, sequence);

create table remediation_transitions (from_status text, to_status text, primary key (from_status, to_status));
insert into remediation_transitions values
  ('proposed', 'simulated'), ('proposed', 'approved'), ('proposed', 'rejected'), ('proposed', 'expired'),
  ('simulated', 'approved'), ('simulated', 'rejected'), ('simulated', 'expired'),
  ('approved', 'executing'), ('approved', 'expired'), ('approved', 'failed'),
  ('executing', 'verifying'), ('executing', 'failed'), ('executing', 'needs_attention'),
  ('verifying', 'completed'), ('verifying', 'failed'), ('verifying', 'needs_attention'),
  ('needs_attention', 'executing'), ('needs_attention', 'completed'), ('needs_attention', 'failed'),
  ('completed', 'rolled_back');

create function remediation_guard() returns trigger language plpgsql set search_path = public as $$
declare approvals integer; rejections integer;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'proposed' then raise exception 'a plan starts as proposed' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (old.id, old.organization_id, old.action_type, old.plan, old.plan_hash, old.risk_level, old.reversible,
      old.required_approvers, old.self_approval, old.proposed_by, old.expires_at, old.undo_of)
    is distinct from
     (new.id, new.organization_id, new.action_type, new.plan, new.plan_hash, new.risk_level, new.reversible,
      new.required_approvers, new.self_approval, new.proposed_by, new.expires_at, new.undo_of) then
    raise exception 'the plan is frozen' using errcode = 'check_violation';
  end if;
  if new.status is distinct from old.status then
    if not exists (select from remediation_transitions where from_status = old.status and to_status = new.status) then
      raise exception 'no way from % to %', old.status, new.status using errcode = 'check_violation';
    end if;
    if new.status = 'approved' then
      select count(*) filter (where decision = 'approve' and (old.self_approval or user_id <> old.proposed_by)),
             count(*) filter (where decision = 'reject')
        into approvals, rejections
        from remediation_approvals
        where action_id = old.id and organization_id = old.organization_id and plan_hash = old.plan_hash;
      if approvals < old.required_approvers or rejections > 0 then
        raise exception 'approved needs % matching approval(s), found %', old.required_approvers, approvals
          using errcode = 'check_violation';
      end if;
    end if;
    if new.status = 'rejected' and not exists (select from remediation_approvals
        where action_id = old.id and organization_id = old.organization_id and decision = 'reject') then
      raise exception 'rejected needs a rejection' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger remediation_guard before insert or update on remediation_actions
  for each row execute function remediation_guard();

create function remediation_approval_guard() returns trigger language plpgsql set search_path = public as $$
declare proposal remediation_actions;
begin
  select * into proposal from remediation_actions where id = new.action_id and organization_id = new.organization_id for update;
  if proposal.id is null or proposal.plan_hash <> new.plan_hash then
    raise exception 'the decision names another plan' using errcode = 'check_violation';
  end if;
  if proposal.status not in ('proposed', 'simulated') then
    raise exception 'the plan is already %', proposal.status using errcode = 'check_violation';
  end if;
  -- Expiry is safety, not business time: the real clock decides.
  if proposal.expires_at <= clock_timestamp() then
    raise exception 'the plan has expired' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger remediation_approval_guard before insert on remediation_approvals
  for each row execute function remediation_approval_guard();

do $$ declare t text; begin
  foreach t in array array['remediation_actions', 'remediation_approvals', 'remediation_items', 'remediation_journal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select on %I to cloudoptima_app, cloudoptima_gate, cloudoptima_worker', t);
  end loop;
end $$;
grant select on remediation_transitions to cloudoptima_gate, cloudoptima_worker;
grant insert on remediation_actions, remediation_items to cloudoptima_app;
grant insert on remediation_approvals to cloudoptima_gate;
grant update (status, status_reason, updated_at) on remediation_actions to cloudoptima_gate, cloudoptima_worker;
grant update (status, result, updated_at) on remediation_items to cloudoptima_worker;
grant insert on remediation_journal to cloudoptima_worker;
-- The worker runs what was approved; it can never approve.
create function remediation_role_guard() returns trigger language plpgsql set search_path = public as $$
begin
  if current_user = 'cloudoptima_worker' and new.status in ('approved', 'rejected') and new.status <> old.status then
    raise exception 'the worker cannot decide' using errcode = 'insufficient_privilege';
  end if;
  if current_user = 'cloudoptima_gate' and new.status not in ('approved', 'rejected', 'expired') and new.status <> old.status then
    raise exception 'the gate decides and nothing else' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger remediation_role_guard before update on remediation_actions
  for each row execute function remediation_role_guard();
