import { describe, expect, it } from "vitest";
import { type DayAmount, timeChange } from "./change-timing.ts";

const days = (start: string, amounts: number[]): DayAmount[] =>
  amounts.map((amount, index) => ({
    day: Temporal.PlainDate.from(start).add({ days: index }).toString(),
    amount,
  }));
const august = (amount: (index: number) => number) =>
  days(
    "2026-08-01",
    Array.from({ length: 31 }, (_, index) => amount(index)),
  );
const september = (amount: (index: number) => number) =>
  days(
    "2026-09-01",
    Array.from({ length: 30 }, (_, index) => amount(index)),
  );
// A weekly rhythm as real services have it: Saturday and Sunday at 60 %.
const weekly = (offset: number, level: number) => (index: number) =>
  level * ((index + offset) % 7 >= 5 ? 0.6 : 1);

describe("timeChange", () => {
  it("finds the days of a spike in a weekly rhythm", () => {
    const base = august(weekly(5, 10));
    const current = september((index) => weekly(1, 10)(index) + (index >= 14 && index <= 16 ? 300 : 0));
    expect(timeChange(base, current)).toEqual({
      pattern: "spike",
      firstDay: "2026-09-15",
      days: ["2026-09-15", "2026-09-16", "2026-09-17"],
    });
  });

  it("tells a fall after a spike from a real saving", () => {
    const base = august((index) => (index === 9 ? 200 : 10));
    expect(
      timeChange(
        base,
        september(() => 10),
      ),
    ).toMatchObject({ pattern: "spike_before", days: ["2026-08-10"] });
  });

  it("finds the day a level changed", () => {
    const base = august(weekly(5, 10));
    const current = september((index) => weekly(1, index < 3 ? 10 : 4)(index));
    expect(timeChange(base, current)).toMatchObject({ pattern: "step", firstDay: "2026-09-04" });
  });

  it("tells steady growth from a step", () => {
    const growing = (from: number) => (index: number) => 10 + 0.2 * (from + index);
    expect(timeChange(august(growing(0)), september(growing(31))).pattern).toBe("steady_growth");
    const falling = (from: number) => (index: number) => 40 - 0.3 * (from + index);
    expect(timeChange(august(falling(0)), september(falling(31))).pattern).toBe("steady_decline");
  });

  it("says since when something is new or gone", () => {
    const nothing = () => 0;
    expect(
      timeChange(
        august(nothing),
        september((index) => (index < 9 ? 0 : 5)),
      ),
    ).toMatchObject({
      pattern: "new",
      firstDay: "2026-09-10",
    });
    expect(
      timeChange(
        august((index) => (index < 20 ? 5 : 0)),
        september(nothing),
      ),
    ).toMatchObject({
      pattern: "gone",
      firstDay: "2026-08-21",
    });
  });

  it("calls noise what it is", () => {
    const noise = (seed: number) => (index: number) => 10 + Math.sin((index + seed) * 12.9898) * 3;
    expect(timeChange(august(noise(1)), september(noise(7))).pattern).toBe("spread");
  });

  it("does not call each weekend's end a spike", () => {
    expect(timeChange(august(weekly(5, 10)), september(weekly(1, 10.5))).pattern).not.toBe("spike");
  });
});
