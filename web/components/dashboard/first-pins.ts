import { addDays } from "../../lib/days.ts";
import type { DataState, Pin } from "../../lib/queries.ts";

export type FirstPin = Pick<Pin, "title" | "toolName" | "toolInput">;

/** Data older than so many days has nothing in the past 30. */
const recentDays = 20;

/**
 * What a dashboard shows before anything was pinned. The questions name no days, so that they stay live; where the
 * data ended long ago, they mean its last whole month.
 */
export function firstPins({ freshness, now }: Pick<DataState, "freshness" | "now">): FirstPin[] {
  const until = freshness?.dataUntil;
  if (!until) return [];
  const isRecent = addDays(until, recentDays) >= now.slice(0, 10);
  return [
    {
      title: "Last whole month by service",
      toolName: "get_cost_breakdown",
      toolInput: { groupBy: "service" },
    },
    {
      title: isRecent ? "Past 30 days by day" : "Last whole month by day",
      toolName: "get_cost_trend",
      toolInput: { granularity: "daily", ...(isRecent ? { period: { words: "past 30 days" } } : {}) },
    },
    {
      title: "What saves most",
      toolName: "list_recommendations",
      toolInput: { order: "savings", limit: 5 },
    },
    {
      title: "Last whole month by subscription",
      toolName: "get_cost_breakdown",
      toolInput: { groupBy: "subscription" },
    },
  ];
}
