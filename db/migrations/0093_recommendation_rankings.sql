-- What people decided of recommendations, with what was known at that moment, and the order that was learned from it.

-- Written by triggers alone, so that no way of deciding can forget it and nobody can teach it what never happened.
-- Who decided is not kept: an organization's order is learned, nobody's habits.
create table recommendation_decisions (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  recommendation_id uuid not null,
  decided_at timestamptz not null,
  outcome text not null check (outcome in ('implemented', 'dismissed', 'suppressed', 'rejected', 'reopened')),
  known jsonb not null                   -- copied, because a recommendation that is opened again is renewed
);
create index recommendation_decisions_time on recommendation_decisions(organization_id, decided_at);

create function keep_decision(recommendation recommendations, decided_at timestamptz, outcome text) returns void
  language sql security definer set search_path = pg_catalog, public as $$
  insert into recommendation_decisions (organization_id, recommendation_id, decided_at, outcome, known)
  select recommendation.organization_id, recommendation.id, keep_decision.decided_at, keep_decision.outcome,
    jsonb_build_object(
      'type', recommendation.type,
      'impact', recommendation.impact,
      'effort', recommendation.effort,
      'risk', recommendation.risk_level,
      'monthlySavings', recommendation.monthly_savings::text,
      'currency', recommendation.currency,
      'confidence', recommendation.confidence::text,
      'resourceId', recommendation.resource_id,
      'resourceName', resource.name,
      'resourceGroup', resource.resource_group,
      'region', resource.region,
      'tags', coalesce(resource.tags, '{}'))
  from (select 1) as once left join resources resource
    on resource.organization_id = recommendation.organization_id and resource.resource_id = recommendation.resource_id
$$;
revoke execute on function keep_decision(recommendations, timestamptz, text) from public;

create function keep_status_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare before text := case when tg_op = 'UPDATE' then old.status end; decided text;
begin
  if new.status = before then return null; end if;
  decided := case
    when new.status in ('implemented', 'dismissed') then new.status
    -- A person's suppression ends it; without a person its reason is gone, which says something only where somebody
    -- had begun with it.
    when new.status = 'expired' and new.status_by is not null then 'suppressed'
    when new.status = 'expired' and before = 'in_progress' then 'implemented'
    when new.status in ('open', 'in_progress') and before in ('implemented', 'dismissed') then 'reopened'
  end;
  if decided is not null then perform keep_decision(new, new.updated_at, decided); end if;
  return null;
end $$;
create trigger recommendations_decided after insert or update of status on recommendations
  for each row execute function keep_status_decision();

-- By the proposal's clock, which is the real one: only a demo's business clock stands elsewhere.
create function keep_rejection() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform keep_decision(recommendation, new.updated_at, 'rejected') from recommendations recommendation
    where recommendation.organization_id = new.organization_id and recommendation.id = any(new.recommendation_ids);
  return null;
end $$;
create trigger remediation_rejected after update of status on remediation_actions
  for each row when (new.status = 'rejected' and old.status <> 'rejected') execute function keep_rejection();

-- The order that holds, and how the learned one did against the rule: the latest training alone.
create table recommendation_rankings (
  organization_id uuid primary key references organizations(id),
  trained_at timestamptz not null,       -- real clock, as for analyses
  verdict text not null check (verdict in ('learned', 'too_few', 'one_sided', 'not_better')),
  decision_count integer not null,
  accepted_count integer not null,
  measured_count integer not null,       -- of the accepted ones, whose saving was measured afterwards
  judged_count integer not null,
  rule_reached numeric,                  -- share of accepted savings reached on the way down; null: not compared
  learned_reached numeric,
  chance numeric,                        -- how often luck alone would do as well
  model jsonb,                           -- null unless it holds
  check ((verdict = 'learned') = (model is not null))
);

do $$ declare t text; begin
  foreach t in array array['recommendation_decisions', 'recommendation_rankings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
  end loop;
end $$;
grant select on recommendation_decisions to cloudoptima_app;
grant select, insert, update, delete on recommendation_rankings to cloudoptima_app;
