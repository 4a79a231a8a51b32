import { describe, expect, it } from "vitest";
import { measured } from "./result.ts";

describe("a measured promise", () => {
  const latency = { metric: "ask", unit: "ms", limit: 300, better: "lower", judge: "median" } as const;

  it("gives median and p95 by nearest rank", () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(measured(latency, samples)).toEqual({
      metric: "ask",
      unit: "ms",
      median: 50,
      p95: 95,
      n: 100,
      limit: 300,
      pass: true,
    });
  });

  it("judges what the promise is about", () => {
    expect(measured(latency, [10, 20, 900]).pass).toBe(true);
    expect(measured({ ...latency, judge: "worst" }, [10, 20, 900]).pass).toBe(false);
    const rate = { metric: "import", unit: "rows/s", limit: 100, better: "higher", judge: "worst" } as const;
    expect(measured(rate, [150, 120]).pass).toBe(true);
    expect(measured(rate, [150, 90]).pass).toBe(false);
  });

  it("refuses to pass on nothing", () => {
    expect(() => measured(latency, [])).toThrow("Nothing was measured");
  });
});
