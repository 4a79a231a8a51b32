-- First and last day (inclusive) with cost of a delivery: every answer says what the data covers, and finding that
-- in the summary took longer than the answer itself. Null for a delivery without rows.
alter table cost_deliveries add column first_day date, add column last_day date;
update cost_deliveries d set first_day = days.first_day, last_day = days.last_day
from (
  select delivery_id, min(day) as first_day, max(day) as last_day from store.daily_cost_summary group by delivery_id
) days
where days.delivery_id = d.id;
