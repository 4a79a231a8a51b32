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
  subject_hash text not null,            -- SHA-256 of what is to be done, whoever proposes it and until when
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
  -- An approved row is the job itself, queued in the approval's own transaction. Whoever runs it holds the lease;
  -- one that ran out belongs to a worker that died.
  simulation jsonb,                      -- what a dry run found, last time
  lease_owner uuid,
  leased_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (organization_id, id)
);
create index remediation_actions_recent on remediation_actions(organization_id, created_at desc);
create index remediation_actions_proposer on remediation_actions(organization_id, proposed_by, created_at);
create index remediation_actions_running on remediation_actions(updated_at)
  where status in ('approved', 'executing', 'verifying');
-- Duplicates are merged: one live proposal of the same change.
create unique index remediation_actions_one_live on remediation_actions(organization_id, subject_hash)
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
  reason text,
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
  state text not null check (state in ('starting', 'submitted', 'done', 'failed', 'unknown')),
  details jsonb not null default '{}',
  written_at timestamptz not null,
  foreign key (organization_id, action_id) references remediation_actions(organization_id, id)
);
create index remediation_journal_action on remediation_journal(action_id, position, sequence);

-- What a change leaves behind for its undo (a snapshot), to be deleted when the approved plan said.
create table remediation_leftovers (
  organization_id uuid not null,
  action_id uuid not null,
  position integer not null,
  resource_id text not null,
  delete_at timestamptz not null,
  deleted_at timestamptz,
  problem text,
  primary key (action_id, position),
  foreign key (organization_id, action_id) references remediation_actions(organization_id, id)
);
create index remediation_leftovers_due on remediation_leftovers(delete_at) where deleted_at is null;

create table remediation_transitions (from_status text, to_status text, primary key (from_status, to_status));
insert into remediation_transitions values
  ('proposed', 'simulated'), ('proposed', 'approved'), ('proposed', 'rejected'), ('proposed', 'expired'),
  ('simulated', 'approved'), ('simulated', 'rejected'), ('simulated', 'expired'),
  ('approved', 'executing'), ('approved', 'expired'), ('approved', 'failed'),
  ('executing', 'verifying'), ('executing', 'failed'), ('executing', 'needs_attention'),
  ('verifying', 'completed'), ('verifying', 'failed'), ('verifying', 'needs_attention'),
  ('needs_attention', 'executing'), ('needs_attention', 'completed'), ('needs_attention', 'failed'),
  ('completed', 'rolled_back'), ('failed', 'rolled_back');  -- failed: those of its items that were done

create function remediation_guard() returns trigger language plpgsql set search_path = public as $$
declare approvals integer; rejections integer;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'proposed' then raise exception 'a plan starts as proposed' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if (old.id, old.organization_id, old.action_type, old.plan, old.plan_hash, old.risk_level, old.reversible,
      old.required_approvers, old.self_approval, old.proposed_by, old.expires_at, old.undo_of, old.subject_hash)
    is distinct from
     (new.id, new.organization_id, new.action_type, new.plan, new.plan_hash, new.risk_level, new.reversible,
      new.required_approvers, new.self_approval, new.proposed_by, new.expires_at, new.undo_of, new.subject_hash) then
    raise exception 'the plan is frozen' using errcode = 'check_violation';
  end if;
  if new.simulation is distinct from old.simulation and old.status = 'proposed' and new.status = old.status then
    new.status := 'simulated';
    return new;
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
  foreach t in array array['remediation_actions', 'remediation_approvals', 'remediation_items', 'remediation_journal',
    'remediation_leftovers'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select on %I to cloudoptima_app, cloudoptima_gate, cloudoptima_worker', t);
  end loop;
end $$;
grant select on remediation_transitions to cloudoptima_gate, cloudoptima_worker;
grant insert on remediation_actions, remediation_items to cloudoptima_app;
grant insert on remediation_approvals to cloudoptima_gate;
-- The application may keep what a dry run found; that alone makes a proposal simulated, by the trigger.
grant update (simulation, updated_at) on remediation_actions to cloudoptima_app;
grant update (status, status_reason, updated_at) on remediation_actions to cloudoptima_gate, cloudoptima_worker;
grant update (lease_owner, leased_until) on remediation_actions to cloudoptima_worker;
grant update (status, reason, result, updated_at) on remediation_items to cloudoptima_worker;
grant insert on remediation_journal, remediation_leftovers to cloudoptima_worker;
grant update (deleted_at, problem, delete_at) on remediation_leftovers to cloudoptima_worker;
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

-- The worker serves every organization: it learns only which plans wait, then works as that organization.
-- run: approved, or left behind by a worker whose lease ran out. expire: nobody decided in time. tidy: what an
-- undo needed is past its time.
create policy lookup on remediation_actions for select to cloudoptima_lookup using (true);
create policy lookup on remediation_leftovers for select to cloudoptima_lookup using (true);
grant select on remediation_actions, remediation_leftovers to cloudoptima_lookup;
create function access.list_due_plans() returns table (organization_id uuid, action_id uuid, due text)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select organization_id, id, case when status in ('proposed', 'simulated') then 'expire' else 'run' end
    from public.remediation_actions
    where (status in ('approved', 'executing', 'verifying') and coalesce(leased_until, '-infinity') < clock_timestamp())
       or (status in ('proposed', 'simulated') and expires_at <= clock_timestamp())
    union all
    select organization_id, action_id, 'tidy' from public.remediation_leftovers
    where deleted_at is null and delete_at <= clock_timestamp()
    limit 500
  $$;
grant create on schema access to cloudoptima_lookup;
alter function access.list_due_plans() owner to cloudoptima_lookup;
set local role cloudoptima_lookup;
revoke execute on function access.list_due_plans() from public;
do $$ begin execute format('grant execute on function access.list_due_plans() to %I', session_user); end $$;
reset role;
revoke create on schema access from cloudoptima_lookup;
