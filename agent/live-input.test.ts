import { describe, expect, test } from "vitest";
import { liveInput } from "./live-input.ts";

const today = "2026-11-20";
const october = { start: "2026-10-01", end: "2026-11-01" };
const september = { start: "2026-09-01", end: "2026-10-01" };
const live = (input: unknown, ...personSaid: string[]) => liveInput(input, { personSaid, today });

describe("liveInput", () => {
  test("keeps the words of days told from today", () => {
    expect(live({ period: october, groupBy: "region" }, "What did we spend last month by region?")).toEqual({
      period: { words: "last month" },
      groupBy: "region",
    });
    const days = { start: "2026-10-21", end: "2026-11-20" };
    expect(live({ period: days }, "cost over the past 30 days")).toMatchObject({
      period: { words: expect.stringMatching(/past 30 days/) },
    });
    expect(live({ period: { start: "2025-01-01", end: "2026-01-01" } }, "spend last year")).toEqual({
      period: { words: "last year" },
    });
    expect(live({ period: { start: "2026-08-01", end: "2026-11-21" } }, "trend since August")).toMatchObject({
      period: { words: expect.stringMatching(/since August/) },
    });
  });

  test("keeps the days that the person named", () => {
    for (const said of [
      "What did we spend in October 2026?",
      "spend in October",
      "2026-10",
      "what did we spend",
    ]) {
      expect(live({ period: october }, said), said).toEqual({ period: october });
    }
    expect(live({ period: { start: "2026-07-01", end: "2026-10-01" } }, "Q3 please")).toMatchObject({
      period: { start: "2026-07-01" },
    });
  });

  test("looks at earlier messages, the newest deciding", () => {
    expect(live({ period: october }, "last month?", "and by region?")).toEqual({
      period: { words: "last month" },
    });
    expect(live({ period: october }, "last month?", "in October 2026 by region")).toEqual({
      period: october,
    });
  });

  test("moves both periods of a comparison or none", () => {
    const input = { period: october, comparedTo: september };
    expect(live(input, "compare last month with September 2026")).toEqual({
      period: { words: "last month" },
    });
    expect(live(input, "compare last month with the month before last")).toEqual({
      period: { words: "last month" },
      comparedTo: { words: "the month before last" },
    });
    const may = { start: "2026-05-01", end: "2026-06-01" };
    expect(live({ ...input, comparedTo: may }, "compare last month with May 2026")).toEqual({
      period: october,
      comparedTo: may,
    });
  });

  test("leaves other inputs as they are", () => {
    for (const input of [undefined, null, {}, { limit: 5 }, { period: { words: "last month" } }]) {
      expect(live(input, "last month")).toEqual(input);
    }
  });
});
