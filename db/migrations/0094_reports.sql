-- Reports: what was asked, how far it is, and, once it is ready, the figures as they were read. A report is drawn from
-- its content whenever somebody downloads it, so no file is kept beside the row.

create table reports (
  id uuid primary key,
  organization_id uuid not null references organizations(id),
  report_type text not null check (report_type in
    ('executive_summary', 'detailed_technical', 'cost_analysis', 'waf_assessment', 'compliance', 'custom')),
  title text not null,
  format text not null check (format in ('html', 'pdf')),  -- what a download gives unless it says otherwise
  parameters jsonb not null,             -- the days and sections that were asked for
  status text not null check (status in ('pending', 'running', 'ready', 'failed')),
  steps_done integer not null default 0,
  steps_total integer not null default 0,
  failure text,
  content jsonb,                         -- tools/reports/report-content.ts
  generated_by uuid not null,
  requested_at timestamptz not null,     -- real clock, as for analyses
  updated_at timestamptz not null,       -- also the sign that its process lives
  generated_at timestamptz,
  check ((status = 'ready') = (content is not null)),
  check ((status = 'ready') = (generated_at is not null)),
  check ((status = 'failed') = (failure is not null))
);
create index reports_latest on reports(organization_id, requested_at desc);

-- A snapshot that could change would be none.
create function keep_report() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.status in ('ready', 'failed') then
    raise exception 'The report % is %: it never changes any more.', old.id, old.status;
  end if;
  return new;
end $$;
create trigger reports_kept before update on reports for each row execute function keep_report();

alter table reports enable row level security;
alter table reports force row level security;
create policy tenant on reports using (organization_id = current_organization());
grant select, insert, update, delete on reports to cloudoptima_app;
