import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { expect, it } from "vitest";
import { costChangesQuery } from "./cost-changes.ts";
import { type CostScope, wholeMonths } from "./cost-source.ts";
import { costBucketsQuery, costSumsQuery } from "./costs.ts";

const compiler = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const september: CostScope = { start: "2026-09-01", end: "2026-10-01", kind: "effective", conditions: [] };
const injection = "'; drop table cost_data; --";

it.each([
  ["a whole month by service", costSumsQuery(september, { dimension: "service" }, 10)],
  [
    "some days by region, of one service",
    costSumsQuery(
      {
        ...september,
        start: "2026-09-05",
        end: "2026-09-12",
        conditions: [{ dimension: "service", keys: [injection], exclude: false }],
      },
      { dimension: "region" },
      5,
    ),
  ],
  [
    "two months and a half by resource, without a tag's value",
    costSumsQuery(
      {
        ...september,
        start: "2026-07-01",
        end: "2026-09-16",
        kind: "billed",
        conditions: [{ dimension: "tag", tagKeys: ["Env", injection], keys: [injection], exclude: true }],
      },
      { dimension: "resource" },
      10,
    ),
  ],
  ["weeks in total", costBucketsQuery(september, "week")],
  [
    "months by tag",
    costBucketsQuery(september, "month", { group: { dimension: "tag", tagKeys: ["team"] }, keys: ["web"] }),
  ],
  [
    "two months against each other, resources within services",
    costChangesQuery(
      { ...september, start: "2026-08-01", end: "2026-09-01" },
      september,
      { dimension: "resource" },
      3,
      { dimension: "service" },
    ),
  ],
])("compiles %s", (_name, query) => {
  const { sql, parameters } = query.compile(compiler);
  expect(sql).not.toContain("drop table");
  expect({ sql: sql.replace(/\s+/g, " "), parameters }).toMatchSnapshot();
});

it.each([
  ["2026-09-01", "2026-10-01", { start: "2026-09-01", end: "2026-10-01" }],
  ["2026-08-15", "2026-11-15", { start: "2026-09-01", end: "2026-11-01" }],
  ["2026-08-15", "2026-09-15", null],
  ["2026-09-01", "2026-09-30", null],
])("finds the whole months from %s to %s", (start, end, expected) => {
  expect(wholeMonths(start, end)).toEqual(expected);
});
