import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chartColors, colorsFor } from "@cloudoptima/tools/charts/chart-colors.ts";
import type { ChartView } from "@cloudoptima/tools/charts/chart-view.ts";
import { describe, expect, it } from "vitest";
import { renderChartImage } from "./chart-image.ts";

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `s${index}`,
    label: `Service ${index}`,
    amount: String(1000 - index * 50),
    share: null,
  }));
const bar = (count: number): ChartView => ({
  type: "bar",
  title: "Cost by service",
  currency: "USD",
  rows: rows(count),
});

const png = (view: ChartView, dimension?: string) => {
  const image = renderChartImage(view, dimension);
  expect(image.png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect([image.png.readUInt32BE(16), image.png.readUInt32BE(20)]).toEqual([image.width, image.height]);
  return image;
};

describe("a chart as an image", () => {
  it("draws every kind, twice the logical size", () => {
    const line: ChartView = {
      type: "line",
      title: "Daily cost",
      currency: "EUR",
      granularity: "daily",
      series: [
        { key: "a", label: "A {weird|name}" },
        { key: "b", label: "B" },
      ],
      points: [
        { x: "2026-09-01", a: "1", b: null },
        { x: "2026-09-02", a: "2.5", b: "3" },
      ],
    };
    const waterfall: ChartView = {
      type: "waterfall",
      title: "Change",
      currency: "USD",
      start: { label: "August", amount: "100" },
      steps: [
        { key: "a", label: "Bandwidth", amount: "20" },
        { key: "b", label: "VMs", amount: "-45" },
      ],
      end: { label: "September", amount: "75" },
    };
    for (const view of [bar(3), line, waterfall]) expect(png(view).width).toBe(1440);
    expect(png(waterfall).altText).toBe(
      "Change: from August to September: Bandwidth +$20.00, VMs -$45.00, Change in total -$25.00",
    );
  });

  it("shows seven bars and sums the rest exactly as other", () => {
    const { altText } = png(bar(10));
    expect(altText).toContain("Service 6 $700.00, other (3) $1,800.00");
    expect(altText).not.toContain("Service 7");
  });

  it("survives names that would be markup, and a currency nobody knows", () => {
    const view: ChartView = {
      type: "bar",
      title: "</text><script>&\u202e",
      currency: "XYZ",
      rows: [
        { key: "a", label: "<svg onload=x>&amp;", amount: "0.001", share: null },
        { key: "b", label: "\u0000]]>", amount: "-3", share: null },
      ],
    };
    expect(png(view).title).toBe("</text><script>&");
  });

  it("draws the same picture for the same view", () => {
    expect(renderChartImage(bar(5)).png.equals(renderChartImage(bar(5)).png)).toBe(true);
    expect(renderChartImage(bar(5)).png.equals(renderChartImage(bar(5), "region").png)).toBe(false);
  });

  it("writes its words in the shipped typeface: another title is another picture", () => {
    const other = { ...bar(3), title: "Cost by senvice" };
    expect(renderChartImage(bar(3)).png.equals(renderChartImage(other).png)).toBe(false);
  });
});

describe("a name of another script", () => {
  const named = (title: string) => renderChartImage({ ...bar(1), title }).png;

  it.each([
    ["Chinese", "数据仓库", "报表服务"],
    ["Korean", "데이터", "보고서"],
    ["Hebrew", "נתונים", "דוחות_"],
    ["Greek", "Δεδομένα", "Αναφορές"],
  ])("(%s) is told from another of its length", (_, one, other) => {
    expect(named(one).equals(named(other))).toBe(false);
  });

  it("that no typeface has is written as its code points", () => {
    expect(named("数据 warehouse").equals(named("[U+6570 636E] warehouse"))).toBe(true);
  });
});

describe("chart colours", () => {
  it("are those of the web's light theme", () => {
    const css = readFileSync(join(import.meta.dirname, "../web/app/globals.css"), "utf8");
    const light = /:root \{([^}]*)\}/.exec(css)![1]!;
    const names = {
      surface: "surface",
      foreground: "foreground",
      muted: "muted",
      borderStrong: "border-strong",
      grid: "chart-grid",
      other: "chart-other",
      total: "chart-total",
      worse: "chart-worse",
      better: "chart-better",
    } as const;
    const colorOf = (name: string) => {
      const match = new RegExp(`--${name}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`).exec(light)!;
      return toHex(Number(match[1]), Number(match[2]), Number(match[3]));
    };
    for (const [ours, theirs] of Object.entries(names)) {
      expect([ours, chartColors[ours as keyof typeof names]]).toEqual([ours, colorOf(theirs)]);
    }
    expect(chartColors.series).toEqual(chartColors.series.map((_, index) => colorOf(`chart-${index + 1}`)));
  });

  it("stay with a name, and differ within a chart", () => {
    const names = [
      "Virtual Machines",
      "Storage",
      "SQL Database",
      "Bandwidth",
      "Azure OpenAI",
      "Backup",
      "DNS",
    ];
    const colors = colorsFor(names);
    expect(new Set(colors.values()).size).toBe(names.length);
    expect(colorsFor(["Virtual Machines"]).get("Virtual Machines")).toBe(colors.get("Virtual Machines"));
    expect(colorsFor(["other (3)"]).get("other (3)")).toBe(chartColors.other);
  });
});

/** OKLCH to sRGB: Björn Ottosson, "A perceptual color space for image processing", 2020. */
function toHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const channels = linear.map((value) => {
    const light = Math.min(1, Math.max(0, value));
    const encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
