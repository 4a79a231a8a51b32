import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { withTenant } from "./client.ts";
import { describeEachEngine } from "./testing/engines.ts";

/** What questions read whole. */
const readWhole = [
  "resources",
  "resource_changes",
  "resource_relationships",
  "metric_series",
  "cost_series",
  "cost_deliveries",
  "cost_daily",
];

describeEachEngine("row-level security", (engine) => {
  it.each(readWhole)("asks once for the organization, not for every row of %s", async (table) => {
    const { rows } = await withTenant(engine.database(), randomUUID(), { access: "read" }, (transaction) =>
      sql<{ "QUERY PLAN": string }>`explain (costs off) select count(*) from ${sql.table(table)}`.execute(
        transaction,
      ),
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("InitPlan");
    expect(plan.split("\n").filter((line) => /(Filter|Cond):.*current_setting/.test(line))).toEqual([]);
  });
});
