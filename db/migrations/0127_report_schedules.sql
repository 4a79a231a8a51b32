-- Reports that are made again and again. A schedule keeps the next time it is due; whoever moves that time on, in the
-- transaction that asks for the report, makes it: a time is made by one worker, and made up once where it was missed.

create table report_schedules (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  report_type text not null check (report_type in
    ('executive_summary', 'detailed_technical', 'cost_analysis', 'waf_assessment', 'compliance', 'custom')),
  title text,                            -- null: the type, the place and the days
  format text not null check (format in ('html', 'pdf')),
  parameters jsonb not null,             -- sections and scope
  cadence text not null check (cadence in ('week', 'month')),
  cadence_day integer not null,          -- of the week from Monday = 1, or of the month
  cadence_hour integer not null check (cadence_hour between 0 and 23),  -- in the organization's time zone
  status text not null check (status in ('active', 'paused', 'stopped')),
  stopped_reason text,
  next_due_at timestamptz not null,      -- by the business clock, as the days that it tells of
  last_due_at timestamptz,
  created_by uuid not null,              -- whose reports they are
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (cadence_day between 1 and case cadence when 'week' then 7 else 28 end),
  check ((status = 'stopped') = (stopped_reason is not null))
);
create index report_schedules_due on report_schedules(organization_id, next_due_at) where status = 'active';

alter table report_schedules enable row level security;
alter table report_schedules force row level security;
create policy tenant on report_schedules using (organization_id = (select current_organization()));
grant select, insert, update, delete on report_schedules to cloudoptima_app;

-- Which schedule asked for a report, and for which time; it stays said when the schedule is deleted.
alter table reports add column schedule_id uuid, add column due_at timestamptz,
  add check ((schedule_id is null) = (due_at is null));
create unique index reports_once_a_time on reports(organization_id, schedule_id, due_at)
  where schedule_id is not null;
