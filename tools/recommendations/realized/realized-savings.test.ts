import { keepRecommendations, setRecommendationStatus } from "@cloudoptima/db/queries/recommendations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import { addDays } from "../../costs/coverage.ts";
import { costRow, loadRows } from "../../costs/testing/load-rows.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import type { SavingsTotal } from "../get-savings-total.tool.ts";
import type { RealizedSavings } from "./realized-output.ts";

const now = "2026-10-05T09:30:00Z";
const lastDay = "2026-10-04";
const idOf = (name: string) =>
  `/subscriptions/sub-1/resourcegroups/rg-web/providers/microsoft.compute/virtualmachines/${name}`;
/** Half-open days. */
const daily = (name: string, from: string, to: string, cost: string, currency = "USD") => {
  const rows = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    rows.push(costRow({ day, cost, currency, resourceId: idOf(name), resourceName: name }));
  }
  return rows;
};

describeEachEngine("realized savings", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
  });

  const contextOf = (of: TestOrganization) => tools.context(tools.actor(of));
  const call = async <Output>(name: string, input: Record<string, unknown> = {}, of = organization) =>
    (await tools.invoke({ actor: tools.actor(of), name, input, source: "rest" })).output as Output;
  const realized = (input?: Record<string, unknown>, of?: TestOrganization) =>
    call<RealizedSavings>("get_realized_savings", input, of);

  /** Recommended, and carried out by somebody on that day. */
  async function implement(name: string, on: string, monthlySavings: string | null, more = {}) {
    const id = crypto.randomUUID();
    await contextOf(organization).write(async (transaction) => {
      await keepRecommendations(transaction, organization.id, new Date(`${on}T08:00:00Z`), [
        {
          ...{ id, resourceId: idOf(name), type: "vm_rightsizing", title: `Resize ${name}` },
          ...{ description: "", impact: "low", effort: "easy", risk: "low", confidence: "0.9" },
          ...{ monthlySavings, annualSavings: null, currency: "USD", evidence: [], metadata: {} },
          ...more,
        },
      ]);
      await moveTo(id, "implemented", on, transaction);
    });
    return id;
  }
  async function moveTo(
    id: string,
    status: "implemented" | "open",
    on: string,
    transaction: Parameters<typeof setRecommendationStatus>[0],
  ) {
    const change = { at: new Date(`${on}T10:00:00Z`), by: crypto.randomUUID(), reason: null };
    await setRecommendationStatus(transaction, id, status, change);
  }

  test("each change by itself: expected, measured, so far and in a period; what is too young says so", async () => {
    await loadRows(tools, organization, [
      ...daily("vm-42", "2026-07-01", "2026-08-16", "12"),
      ...daily("vm-42", "2026-08-16", "2026-10-05", "6"),
      ...daily("vm-new", "2026-08-01", "2026-10-05", "5"),
      ...daily("vm-dear", "2026-07-01", "2026-08-16", "3"),
      ...daily("vm-dear", "2026-08-16", "2026-10-05", "4"),
    ]);
    await implement("vm-42", "2026-08-15", "200");
    await implement("vm-new", "2026-09-28", "50");
    await implement("vm-dear", "2026-08-15", "10");
    const all = await realized();
    expect(all).toMatchObject({ changeCount: 3, measuredCount: 2, tooEarlyCount: 1, dataUntil: lastDay });
    const [first, second, third] = all.rows;
    // 16 Aug - 4 Oct are 50 days; 6 a day x 365/12 a month.
    expect(first).toMatchObject({
      what: "Resize vm-42",
      doneOn: "2026-08-15",
      estimatedMonthlySavings: { value: "200", currency: "USD" },
      measuredMonthlySavings: { value: "182.5", currency: "USD" },
      savedSoFar: { value: "300", currency: "USD" },
      keptPercent: "91.3",
      before: { start: "2026-07-16", end: "2026-08-15", meanDailyCost: { value: "12" }, days: 30 },
      after: { start: "2026-08-16", end: "2026-10-05", meanDailyCost: { value: "6" }, days: 50 },
    });
    expect(second).toMatchObject({
      measuredMonthlySavings: { value: "-30.41" },
      savedSoFar: { value: "-50" },
    });
    expect(third).toMatchObject({
      measuredMonthlySavings: null,
      unknownBecause: "Only 6 of the 14 days needed after it have cost data.",
    });
    expect(all.savedSoFar).toEqual([{ value: "250", currency: "USD" }]);
    expect(all.measuredMonthlySavings).toEqual([{ value: "152.09", currency: "USD" }]);

    const september = await realized({
      period: { start: "2026-09-01", end: "2026-10-01" },
      resource: "vm-42",
    });
    expect(september).toMatchObject({ changeCount: 1, savedSoFar: [{ value: "180", currency: "USD" }] });
    const july = await realized({ period: { words: "July 2026" } });
    expect(july).toMatchObject({ changeCount: 0, rows: [], savedSoFar: [] });
    const { realized: inTool } = await call<SavingsTotal>("get_savings_total", { realized: true });
    expect(inTool).toEqual(all);
    expect((await call<SavingsTotal>("get_savings_total")).realized).toBeNull();
  });

  test("what was taken back saved until then; no day counts for two changes; currencies stay apart", async () => {
    await loadRows(tools, organization, [
      ...daily("vm-back", "2026-06-01", "2026-07-16", "10"),
      ...daily("vm-back", "2026-07-16", "2026-08-11", "1"),
      ...daily("vm-back", "2026-08-11", "2026-10-05", "10"),
      ...daily("vm-twice", "2026-06-01", "2026-07-16", "20"),
      ...daily("vm-twice", "2026-07-16", "2026-08-16", "15"),
      ...daily("vm-twice", "2026-08-16", "2026-10-05", "5"),
      ...daily("vm-euro", "2026-06-01", "2026-07-16", "7", "EUR"),
      ...daily("vm-euro", "2026-07-16", "2026-10-05", "2", "EUR"),
    ]);
    const back = await implement("vm-back", "2026-07-15", "270");
    await contextOf(organization).write((transaction) => moveTo(back, "open", "2026-08-10", transaction));
    await implement("vm-twice", "2026-07-15", "150");
    await implement("vm-twice", "2026-08-15", "300", { type: "auto_shutdown", title: "Switch vm-twice off" });
    await implement("vm-euro", "2026-07-15", null);
    const { rows, savedSoFar, measuredMonthlySavings, undoneCount } = await realized();
    const row = (what: string) => rows.find((one) => one.what === what)!;
    // 16 Jul - 9 Aug: the day it was taken back is on neither side.
    expect(row("Resize vm-back")).toMatchObject({ undoneOn: "2026-08-10", savedSoFar: { value: "225" } });
    expect(row("Resize vm-twice")).toMatchObject({ after: { end: "2026-08-15", days: 30 } });
    expect(row("Resize vm-twice").savedSoFar).toEqual({ value: "150", currency: "USD" });
    expect(row("Switch vm-twice off")).toMatchObject({ before: { start: "2026-07-16", days: 30 } });
    expect(row("Switch vm-twice off").savedSoFar).toEqual({ value: "500", currency: "USD" });
    expect(row("Resize vm-euro")).toMatchObject({ keptPercent: null, savedSoFar: { currency: "EUR" } });
    expect(undoneCount).toBe(1);
    expect(savedSoFar).toEqual([
      { value: "875", currency: "USD" },
      { value: "405", currency: "EUR" },
    ]);
    expect(measuredMonthlySavings.map(({ currency }) => currency)).toEqual(["USD", "EUR"]);
  });

  test("two changes within two weeks are told as one; another organization sees nothing of it", async () => {
    await loadRows(tools, organization, [
      ...daily("vm-both", "2026-07-01", "2026-08-16", "20"),
      ...daily("vm-both", "2026-08-16", "2026-10-05", "5"),
    ]);
    await implement("vm-both", "2026-08-15", "150");
    await implement("vm-both", "2026-08-20", "300", { type: "auto_shutdown", title: "Switch vm-both off" });
    const { rows } = await realized();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      what: "Resize vm-both; Switch vm-both off",
      estimatedMonthlySavings: { value: "300" },
      after: { start: "2026-08-21" },
    });
    const other = await tools.createOrganization("Fabrikam");
    expect(await realized({}, other)).toMatchObject({ changeCount: 0, rows: [] });
  });
});
