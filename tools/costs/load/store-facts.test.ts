import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { withStaging } from "./load-costs.ts";
import { loadStaged } from "./load-staged.ts";
import { recordColumns } from "./record-columns.ts";
import { stageRows } from "./stage-rows.ts";
import { summarizeStaged } from "./summarize-staged.ts";
import { createLoadingTenant, visibleTotals } from "./testing.ts";

/** More than one file of lines holds, so that several connections store them. */
const rowCount = 260_000;
const values: Record<string, string> = {
  provider: "'aws'",
  billing_account_id: "'a'",
  billing_period_start: "'2026-09-01'",
  billing_period_end: "'2026-10-01'",
  charge_period_start: "'2026-09-02T00:00:00Z'",
  charge_period_end: "'2026-09-03T00:00:00Z'",
  charge_category: "'Usage'",
  // The second half is the first once more.
  billed_cost: `(range % ${rowCount / 2})::varchar`,
  effective_cost: "'0.5'",
  currency: "'USD'",
  service_name: "'Storage'",
};
const relation = `select ${Object.values(recordColumns)
  .map((column) => `${values[column] ?? "null::varchar"} as ${column}`)
  .join(", ")} from range(${rowCount})`;

describeEachEngine("storing rows beside each other", (engine) => {
  test("stores each once, and numbers equal rows across the files", async () => {
    if (engine.name === "embedded") return;
    const { ctx, connectionId } = await createLoadingTenant(engine.database());
    await withStaging(ctx, async (staging) => {
      expect(await stageRows(staging, { relation })).toBeNull();
      await summarizeStaged(staging);
      await loadStaged(ctx, staging, { connectionId, source: "generated", replaceScopes: [] });
    });
    const billed = String((rowCount / 2) * (rowCount / 2 - 1));
    for (const level of Object.values(await visibleTotals(ctx))) {
      expect(level).toMatchObject([{ rows: String(rowCount), billed, effective: String(rowCount / 2) }]);
    }
    const { rows } = await ctx.read((transaction) =>
      sql`select occurrence, count(*)::int as rows, count(distinct content_hash)::int as contents
        from cost_data group by occurrence order by occurrence`.execute(transaction),
    );
    const half = rowCount / 2;
    expect(rows).toEqual([
      { occurrence: 1, rows: half, contents: half },
      { occurrence: 2, rows: half, contents: half },
    ]);
  });

  test("leaves nothing when one of them fails", async () => {
    if (engine.name === "embedded") return;
    const { ctx, connectionId } = await createLoadingTenant(engine.database());
    const loading = withStaging(ctx, async (staging) => {
      await stageRows(staging, { relation });
      await summarizeStaged(staging);
      await staging.run("update facts set line = line || 'none' where rowid = 200000");
      return loadStaged(ctx, staging, { connectionId, source: "generated", replaceScopes: [] });
    });
    await expect(loading).rejects.toThrow(/invalid input syntax for type numeric: ".*none"/);
    const { rows } = await ctx.read((transaction) =>
      sql`select (select count(*) from cost_data)::int as rows, (select count(*) from cost_deliveries)::int as deliveries`.execute(
        transaction,
      ),
    );
    expect(rows).toEqual([{ rows: 0, deliveries: 0 }]);
  });
});
