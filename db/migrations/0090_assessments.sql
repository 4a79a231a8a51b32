-- The Well-Architected assessment. A run keeps its totals; what failed or is unknown is kept as spans, from the run
-- that first found it to the one that no longer did, so that a day without changes adds a row per group and pillar only.

create table assessment_runs (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  ran_at timestamptz not null,           -- by the business clock
  resource_count integer not null,
  check_count integer not null,
  new_count integer not null,            -- failures that the run before did not have
  fixed_count integer not null,          -- failures of the run before that pass, no longer apply or are gone
  pillars jsonb not null                 -- the organization's totals by pillar
);
create index assessment_runs_time on assessment_runs(organization_id, ran_at desc);

-- Weights are results times the weight of their check; of a day only the last run's are kept.
create table assessment_scores (
  organization_id uuid not null references organizations(id),
  run_id uuid not null,
  subscription_id text not null,
  resource_group text not null,          -- '' for what belongs to none
  pillar text not null,
  passed integer not null,
  failed integer not null,
  unknown integer not null,
  passed_weight integer not null,
  failed_weight integer not null,
  unknown_weight integer not null,
  primary key (organization_id, run_id, subscription_id, resource_group, pillar)
);

-- How many resources passed each check: of the last run alone.
create table assessment_counts (
  organization_id uuid not null references organizations(id),
  subscription_id text not null,
  resource_group text not null,
  check_id text not null,
  passed integer not null,
  failed integer not null,
  unknown integer not null,
  primary key (organization_id, subscription_id, resource_group, check_id)
);

create table assessment_findings (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations(id),
  check_id text not null,
  resource_id text not null,             -- the provider's full id, lower case
  result text not null check (result in ('fail', 'unknown')),
  evidence jsonb not null default '[]',
  since timestamptz not null,
  first_run_id uuid not null,
  ended_at timestamptz,                  -- null: it still is so
  ended_run_id uuid,
  check ((ended_at is null) = (ended_run_id is null))
);
create unique index assessment_findings_open on assessment_findings(organization_id, check_id, resource_id)
  where ended_at is null;
create index assessment_findings_resource on assessment_findings(organization_id, resource_id);
create index assessment_findings_ended on assessment_findings(organization_id, ended_run_id) where ended_at is not null;

do $$ declare t text; begin
  foreach t in array array['assessment_runs', 'assessment_scores', 'assessment_counts', 'assessment_findings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (organization_id = current_organization())', t);
    execute format('grant select, insert, update, delete on %I to cloudoptima_app', t);
  end loop;
end $$;
