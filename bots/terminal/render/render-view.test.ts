import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { describe, expect, it } from "vitest";
import { plainStyle } from "../style.ts";
import { displayWidth } from "./columns.ts";
import { renderView } from "./render-view.ts";

const render = (view: View, width = 80) => renderView(view, { ...plainStyle, width });

describe("views on a terminal", () => {
  it("draws bars to scale with exact, right-aligned figures", () => {
    const lines = render({
      type: "bar",
      title: "Cost by service",
      currency: "USD",
      rows: [
        { key: "vm", label: "Virtual Machines", amount: "1000.5", share: "0.8" },
        { key: "st", label: "Storage", amount: "250.125", share: "0.2" },
      ],
      note: "September 2026",
    });
    expect(lines[0]).toBe("Cost by service (USD)");
    expect(lines[1]).toMatch(/^Virtual Machines {2}█+ +\$1,000\.50 {2}80\.0 %$/);
    expect(lines[2]).toMatch(/^Storage +█+.? +\$250\.13 {2}20\.0 %$/);
    const cells = (line: string | undefined) => (line?.match(/█/g) ?? []).length;
    expect(cells(lines[2])).toBeCloseTo(cells(lines[1]) / 4, -0.5);
    expect(lines[3]).toBe("September 2026");
  });

  it("keeps a credit negative and an amount under a cent visible", () => {
    const text = render({
      type: "bar",
      title: "t",
      currency: "USD",
      rows: [
        { key: "a", label: "Usage", amount: "0.00012345", share: null },
        { key: "b", label: "Credit", amount: "-3", share: null },
      ],
    }).join("\n");
    expect(text).toContain("$0.00012");
    expect(text).toMatch(/Credit +░+ +-\$3\.00/);
  });

  it("shows a long series as a spark line with its range and days", () => {
    const points = Array.from({ length: 30 }, (_, day) => ({
      x: `2026-09-${String(day + 1).padStart(2, "0")}`,
      all: day === 3 ? null : String(10 + day),
    }));
    const lines = render({
      type: "line",
      title: "Daily cost",
      currency: "EUR",
      granularity: "daily",
      series: [{ key: "all", label: "Total" }],
      points,
    });
    expect(lines[1]).toMatch(/^Total {2}▁.* .*█ {2}€10\.00 to €39\.00$/);
    expect(lines[2]).toBe("2026-09-01 to 2026-09-30, daily");
  });

  it("shows a waterfall's steps with their sign", () => {
    const lines = render({
      type: "waterfall",
      title: "Change",
      currency: "USD",
      start: { label: "August", amount: "100" },
      steps: [
        { key: "a", label: "Bandwidth", amount: "20" },
        { key: "b", label: "Virtual Machines", amount: "-5" },
      ],
      end: { label: "September", amount: "115" },
    });
    expect(lines[1]).toMatch(/^August +\$100\.00$/);
    expect(lines[2]).toMatch(/^Bandwidth +█+ +\+\$20\.00$/);
    expect(lines[3]).toMatch(/^Virtual Machines +░+ +-\$5\.00$/);
    expect(lines[4]).toMatch(/^September +\$115\.00$/);
  });

  it("aligns tables and cuts long names to the width of the terminal", () => {
    const lines = render(
      {
        type: "table",
        title: "Resources",
        currency: "USD",
        columns: [
          { key: "name", label: "Name", format: "text" },
          { key: "cost", label: "Cost", format: "money" },
          { key: "n", label: "Days", format: "count" },
        ],
        rows: [
          { name: "x".repeat(90), cost: "12345.6", n: 3 },
          { name: "vm-1", cost: null, n: 1200 },
        ],
      },
      50,
    );
    expect(lines.slice(1).every((line) => displayWidth(line) <= 50)).toBe(true);
    expect(lines[2]).toMatch(/…\s+\$12,345\.60 +3$/);
    expect(lines[3]).toMatch(/^vm-1 +- +1,200$/);
  });

  it("prints names from the cloud without their escape sequences, line breaks or reversed text", () => {
    const text = render({
      type: "list",
      title: "Idle",
      items: [{ title: "vm\u001b[31m-red\r\nfake line \u202ekcab", badge: "low" }],
    }).join("\n");
    expect(text).toBe("Idle\n• vm-red fake line kcab  [low]");
  });
});
