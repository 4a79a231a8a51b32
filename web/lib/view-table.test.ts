import { foldBars, foldLines } from "@cloudoptima/tools/kernel/fold-series.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { describe, expect, test } from "vitest";
import { cellText } from "./cell-text.ts";
import { formatMoneyLabel } from "./format.ts";
import { formatCell, tableToCsv, viewTable } from "./view-table.ts";

const bar: View = {
  type: "bar",
  title: "By service",
  currency: "USD",
  rows: [
    { key: "vm", label: 'Virtual "Machines"', amount: "12.345678901", share: "0.75" },
    { key: "x", label: "=cmd()", amount: "-4.1", share: null },
  ],
};

describe("the table behind a view", () => {
  test("keeps the exact values and names the currency once", () => {
    expect(tableToCsv(viewTable(bar)!)).toBe(
      'Name,Cost (USD),Share\r\n"Virtual ""Machines""",12.345678901,0.75\r\n\'=cmd(),-4.1,',
    );
  });

  test("reads a waterfall from start to end", () => {
    const table = viewTable({
      type: "waterfall",
      title: "Change",
      currency: "EUR",
      start: { label: "Aug", amount: "10" },
      steps: [{ key: "a", label: "VMs", amount: "-2.5" }],
      end: { label: "Sep", amount: "7.5" },
    })!;
    expect(table.rows).toEqual([
      { label: "Aug", change: null, amount: "10" },
      { label: "VMs", change: "-2.5", amount: null },
      { label: "Sep", change: null, amount: "7.5" },
    ]);
  });

  test("shows cells for reading", () => {
    expect(formatCell("1234.5", "money")).toBe("1,234.50");
    expect(formatCell("-0.004", "change")).toBe("−0.004");
    expect(formatCell("2", "change")).toBe("+2.00");
    expect(formatCell("0.276", "share")).toBe("27.6 %");
    expect(formatCell("2026-09-01", "date")).toBe("1 Sep 2026");
    expect(formatCell("2026-09-01", "month")).toBe("Sep 2026");
    expect(formatCell(null, "money")).toBe("–");
  });
});

test("labels are as exact as a label should be", () => {
  const label = (value: string) => formatMoneyLabel(value, "USD");
  expect(["29478.24", "13", "0.18", "0.00088", "-0.151", "0", "-2184.89", "1234567"].map(label)).toEqual([
    "$29,478",
    "$13.00",
    "$0.18",
    "<$0.01",
    "−$0.15",
    "$0.00",
    "−$2,185",
    "$1.2M",
  ]);
});

test("a field of a result is shown with every digit it has", () => {
  expect(cellText({ value: "-106756.609703", currency: "USD" })).toBe("-106,756.609703 USD");
  expect(cellText({ start: "2026-09-01", end: "2026-10-01" })).toBe("2026-09-01 to 2026-10-01");
  expect(cellText([{ a: 1 }, { a: 2 }])).toBe("2 entries");
  expect(cellText(null)).toBe("–");
});

describe("folding", () => {
  const rows = Array.from({ length: 10 }, (_, index) => ({
    key: `s${index}`,
    label: `Service ${index}`,
    amount: "0.1",
    share: "0.1",
  }));

  test("shows seven bars and the exact rest as other", () => {
    const folded = foldBars(rows);
    expect(folded).toHaveLength(8);
    expect(folded.at(-1)).toEqual({ key: "other", label: "other (3)", amount: "0.3", share: "0.3" });
  });

  test("adds the tool's own other to the rest", () => {
    const other = { key: "other", label: "other", amount: "5.05", share: "0.2" };
    expect(foldBars([...rows.slice(0, 8), other]).at(-1)).toMatchObject({ amount: "5.15", share: "0.3" });
    expect(foldBars([...rows.slice(0, 2), other]).at(-1)).toEqual(other);
  });

  test("sums the lines beyond seven per point", () => {
    const folded = foldLines({
      type: "line",
      title: "Trend",
      currency: "USD",
      granularity: "daily",
      series: rows.slice(0, 9).map(({ key, label }) => ({ key, label })),
      points: [
        { x: "2026-09-01", s7: "0.1", s8: "0.2" },
        { x: "2026-09-02", s7: null },
      ],
    });
    expect(folded.series.at(-1)).toEqual({ key: "other", label: "other" });
    expect(folded.points.map(({ other }) => other)).toEqual(["0.3", "0"]);
  });
});
