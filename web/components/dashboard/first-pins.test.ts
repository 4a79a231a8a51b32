import costBreakdown from "@cloudoptima/tools/costs/get-cost-breakdown.tool.ts";
import costTrend from "@cloudoptima/tools/costs/get-cost-trend.tool.ts";
import recommendations from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import { expect, test } from "vitest";
import { firstPins } from "./first-pins.ts";

const state = (dataUntil: string | null) => ({
  now: "2026-11-01T09:00:00Z",
  freshness: { dataFrom: "2025-10-01", dataUntil, loadedAt: null },
});

test("each is a question that its tool takes as it stands", () => {
  const tools = [costBreakdown, costTrend, recommendations];
  for (const { toolName, toolInput } of [
    ...firstPins(state("2026-10-31")),
    ...firstPins(state("2024-09-30")),
  ]) {
    const tool = tools.find(({ name }) => name === toolName);
    expect(tool?.input.safeParse(toolInput).success, toolName).toBe(true);
  }
});

test("old data is shown by its own last month, no data by nothing", () => {
  const trend = (until: string) =>
    firstPins(state(until)).find(({ toolName }) => toolName === "get_cost_trend");
  expect(trend("2026-10-31")?.toolInput).toMatchObject({ period: { words: "past 30 days" } });
  expect(trend("2024-09-30")?.toolInput).not.toHaveProperty("period");
  expect(firstPins(state(null))).toEqual([]);
});
