import { afterEach, expect, test } from "vitest";
import { prepareSums } from "./outgoing-tables.ts";
import { openStaging, type Staging } from "./staging.ts";

let staging: Staging | undefined;
afterEach(() => staging?.close());

test("sums of many series of some days each are made in the memory that a load has", async () => {
  const seriesCount = 4_000;
  const days = 20;
  staging = await openStaging();
  // As they are when rows were staged; of a load that is told in one part, newest day first.
  await staging.run(`
    create table loaded_deliveries as select 1::bigint as delivery, 41::bigint as delivery_id;
    create table series as
    select n::bigint as series_number, 'azure' as provider, 'sub-1' as sub_account_id, 'Production' as sub_account_name,
      'Storage' as service_name, 'westeurope' as region, 'rg-1' as resource_group, 'Usage' as charge_category,
      'EUR' as currency, 'disk-' || n as resource_id
    from range(${seriesCount}) numbers(n);
    create table loaded_series as select series_number, series_number + 1000 as series_id, 'usage' as charge_kind from series;
    create table daily as
    select 1::bigint as delivery, date '2026-09-01' + dom::integer as day, series_number, 2::bigint as row_count,
      (series_number + dom * 0.1)::decimal(38, 24) as billed_cost, 1.5::decimal(38, 24) as effective_cost,
      billed_cost as contracted_cost, billed_cost as list_cost
    from series cross join range(${days}) numbers(dom) order by dom desc, series_number`);

  await prepareSums(staging);

  const [kept] = await staging.rows(`
    select count(*)::varchar as rows, count(distinct series_number)::varchar as series, min(days) as fewest, max(days) as most,
      sum(regexp_extract(billed_cost, '([^,]+)}$', 1)::decimal(38, 24))::decimal(38, 1)::varchar as billed
    from out_running`);
  // Each series: its own number every day, and 0.0 + 0.1 + … + 1.9.
  const billed = (days * seriesCount * (seriesCount - 1)) / 2 + 19 * seriesCount;
  const everyDay = "1".repeat(days).padEnd(31, "0");
  expect(kept).toEqual({
    rows: `${seriesCount}`,
    series: `${seriesCount}`,
    fewest: everyDay,
    most: everyDay,
    billed: billed.toFixed(1),
  });
  expect(
    await staging.rows(`select currency, month::varchar as month, billed_cost, effective_cost, row_count
      from out_running where series_number = 7`),
  ).toEqual([
    {
      currency: "EUR",
      month: "2026-09-01",
      billed_cost:
        "{7,14.1,21.3,28.6,36,43.5,51.1,58.8,66.6,74.5,82.5,90.6,98.8,107.1,115.5,124,132.6,141.3,150.1,159}",
      effective_cost: "{1.5,3,4.5,6,7.5,9,10.5,12,13.5,15,16.5,18,19.5,21,22.5,24,25.5,27,28.5,30}",
      row_count: "{2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40}",
    },
  ]);
});
