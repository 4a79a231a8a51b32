import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, it, test } from "vitest";
import { renderChartSvg } from "../charts/chart-svg.ts";
import type { Actor } from "../kernel/actor.ts";
import type { FileOutput } from "../kernel/file-output.ts";
import { createTestTools, type TestTools } from "../testing/test-tools.ts";
import { describeReport } from "./describe-report.ts";
import { printReport } from "./print-report.ts";
import { printableChart } from "./printable-chart.ts";
import { printedText } from "./printed-text.ts";
import { inReadingOrder } from "./reading-order.ts";
import { renderHtml } from "./render-html.ts";
import { renderPdf } from "./render-pdf.ts";
import { ReportContent } from "./report-content.ts";
import { fillEstate, generate, reportNow, type WholeReport } from "./testing/report-world.ts";

const textOf = async (pdf: Uint8Array) => {
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), {
    mergePages: true,
  });
  return { text: text.replace(/\s+/g, " "), totalPages };
};

describeOneEngine("embedded", "a report as a file", (engine) => {
  let tools: TestTools;
  let actor: Actor;
  let report: WholeReport;

  const download = async (input: Record<string, unknown>, as = actor) =>
    (await tools.invoke({ actor: as, name: "download_report", input, source: "rest" }))
      .output as unknown as FileOutput;
  const bytes = async (input: Record<string, unknown>) =>
    Buffer.from((await download({ id: report.id, ...input })).base64, "base64");

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: reportNow });
    const organization = await tools.createOrganization("Contoso");
    await fillEstate(tools, organization);
    actor = tools.actor(organization);
    report = await generate(tools, actor, { reportType: "detailed_technical", format: "html" });
  });

  test("is what was asked for unless another format is, under a name that every disk takes", async () => {
    const plain = await download({ id: report.id });
    expect(plain).toMatchObject({
      fileName: `detailed-technical-2026-09-01-to-2026-09-30-${report.id.slice(0, 8)}.html`,
      mediaType: "text/html; charset=utf-8",
    });
    const named = await generate(tools, actor, {
      title: '../../etc/passwd\u202e\r\nSet-Cookie: a="b"',
      reportType: "compliance",
    });
    for (const format of ["pdf", "html", "json"]) {
      const { fileName } = await download({ id: named.id, format });
      expect(fileName).toMatch(/^compliance-2026-09-01-to-2026-09-30-[0-9a-f]{8}\.(pdf|html|json)$/);
    }
  });

  test("is not there before it is ready, and no other organization's", async () => {
    const stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    await expect(download({ id: report.id }, stranger)).rejects.toMatchObject({ code: "not_found" });
    const { output } = await tools.invoke({ actor, name: "generate_report", input: {}, source: "rest" });
    await expect(download({ id: output.reportId })).rejects.toMatchObject({
      code: "conflict",
      hint: expect.stringContaining("ready"),
    });
  });

  test("leaves others their answers while it is drawn, and stops with who asked", async () => {
    const job = { content: report.content!, format: "pdf" } as const;
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    await printReport(job, new AbortController().signal).finally(() => clearInterval(turning));
    expect(turns).toBeGreaterThan(10);
    await expect(printReport(job, AbortSignal.abort())).rejects.toThrow(/abort/i);
    const broken = { ...job.content, sections: null } as unknown as ReportContent;
    await expect(
      printReport({ ...job, content: broken }, new AbortController().signal),
    ).rejects.toMatchObject({
      code: "unavailable",
      hint: expect.stringContaining("JSON"),
    });
  });

  test("as JSON holds all that is kept, as its schema says", async () => {
    const json = JSON.parse((await bytes({ format: "json" })).toString("utf8"));
    expect(ReportContent.parse(json)).toEqual(report.content);
    expect(json).toEqual(report.content);
  });

  test("as HTML needs nothing from elsewhere and lets nothing run", async () => {
    const html = (await bytes({ format: "html" })).toString("utf8");
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<iframe|\son\w+=|https?:\/\/(?!www\.w3\.org)/i);
    const sources = [...html.matchAll(/src="([^"]{0,31})/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect(source).toBe("data:image/svg+xml;base64,PHN2Z");
  });

  test("shows every figure in HTML and PDF, exact or to the cent, with its currency", async () => {
    const html = (await bytes({ format: "html" })).toString("utf8");
    const { text } = await textOf(await bytes({ format: "pdf" }));
    for (const [printed, exact] of [
      ["$87.35", "87.34567890123 USD"],
      ["€7.10", "7.1 EUR"],
      ["+$46.35", "46.34567890122 USD"],
      ["$40.25", "40.25 USD"],
    ]) {
      expect(html).toContain(`title="${exact}">${printed}`);
      expect(text).toContain(printed);
    }
    expect(text).toContain("Cost (USD)");
    expect(text).toContain("get_cost_breakdown");
    expect(text).toContain("3 Aug - 30 Sep 2026");
  });

  test("says in both formats what is not known, and no zero for it", async () => {
    const empty = tools.actor(await tools.createOrganization("Empty"));
    const { id } = await generate(tools, empty);
    for (const format of ["html", "pdf"]) {
      const file = Buffer.from((await download({ id, format }, empty)).base64, "base64");
      const text =
        format === "pdf"
          ? (await textOf(file)).text
          : file.toString("utf8").replace(/<style>.*<\/style>/s, "");
      expect(text).toContain("There is no cost data yet.");
      expect(text).toContain("Nothing was assessed yet.");
      expect(text).not.toMatch(/[$€]|\b0\.00|0 %/);
    }
  });
});

/** A report whose every name is `name`. */
function named(name: string): ReportContent {
  const asked = { title: "By service", tool: "get_cost_breakdown", input: {}, basis: "costs" as const };
  return ReportContent.parse({
    version: 1,
    title: name,
    type: "custom",
    organization: name,
    scope: name,
    period: { start: "2026-09-01", end: "2026-10-01" },
    currencies: ["USD"],
    generatedAt: "2026-10-05T10:00:00Z",
    businessTime: "2026-10-05T10:00:00Z",
    generatedBy: { id: "1", name },
    data: { costs: null, inventory: null, analysis: null, assessment: null },
    sections: [
      {
        section: "costs",
        title: "What was spent",
        answers: [
          {
            ...asked,
            outcome: "answered",
            figures: [
              {
                label: "Cost",
                value: "3",
                unit: "USD",
                detail: name,
                pointer: "/a",
                isHeadline: true,
                isChange: false,
              },
            ],
            views: [
              {
                type: "bar",
                title: `Cost of ${name}`,
                currency: "USD",
                rows: [
                  { key: "a", label: name, amount: "2", share: "0.6" },
                  { key: "b", label: "Storage", amount: "1", share: "0.3" },
                ],
              },
              { type: "list", title: name, items: [{ title: name, detail: name, badge: name }] },
            ],
            notes: [name],
            output: {},
          },
          { ...asked, outcome: "missing", reason: name, hint: name },
        ],
      },
    ],
  });
}

const files = async (name: string) => {
  const document = describeReport(named(name));
  const html = await renderHtml(document);
  return { html, ...(await textOf(await renderPdf(document))) };
};

describe("a name that is not ours, in a report", () => {
  it("is markup for nobody: a tag, an attribute's end, an entity", async () => {
    const name = `"><script>alert(1)</script><img src=x onerror='a'>&lt;b`;
    const { html, text } = await files(name);
    expect(html).not.toMatch(/<script|<img src=x/);
    expect(html).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(text).toContain("<script>alert(1)</script>");
    const { svg } = renderChartSvg(
      {
        type: "bar",
        title: "t",
        currency: "USD",
        rows: [{ key: "a", label: name, amount: "1", share: null }],
      },
      "service",
    );
    for (const drawn of [svg, printableChart(svg)]) expect(drawn).not.toMatch(/<script|<img/);
  });

  it("of emoji: HTML has them, PDF those its typefaces have, and the code of the others", async () => {
    const { html, text } = await files("Lake 😀 🦩 house");
    expect(html).toContain("Lake 😀 🦩 house");
    expect(text).toContain("😀");
    expect(text).toContain("[U+1F9A9]");
  });

  it("of letters from right to left: whole, and set apart from what stands beside it", async () => {
    const { html, text } = await files("נתוני ייצור");
    expect(html).toContain("<bdi>נתוני ייצור</bdi>");
    expect(text).toMatch(/[\u0590-\u05ff]{4}/);
  });

  it("stands on paper in the order it is read in", () => {
    const onPaper = (name: string, longest = 60) =>
      inReadingOrder(name, longest)
        .map(({ text }) => text.replaceAll("\u00a0", " "))
        .join("|");
    // Each word's own letters are turned by its typeface, brackets as their mirror images; here the words are.
    expect(onPaper("נתוני ייצור")).toBe("ייצור| |נתוני");
    expect(onPaper("Cost of נתוני ייצור in May")).toBe("Cost of |ייצור| |נתוני| in May");
    expect(onPaper("prod-שרת-7 backup")).toBe("prod-|7|שרת-| backup");
    expect(onPaper("مشروع (تجربة) 42")).toBe("42| |)تجربة(| |مشروع");
    expect(inReadingOrder("مشروع", 60)).toEqual([{ text: "مشروع", font: "DejaVu" }]);
    expect(onPaper("אחת שתיים שלוש", 10)).toBe("שתיים| |אחת|\n|שלוש");
    expect(onPaper("abc def")).toBe("abc def");
  });

  it("of letters that no typeface has is told by its code points, and the file says what they are", async () => {
    const { html, text } = await files("数据 warehouse");
    expect(html).toContain("数据 warehouse");
    expect(html).not.toContain("U+6570");
    expect(text).toContain("[U+6570 636E] warehouse");
    expect(text).toContain("as in [U+4E2D 6587]. The report as HTML or JSON has them as they are.");
    expect((await files("warehouse")).text).not.toContain("U+");
  });

  it("cannot turn the order of reading, nor hide", async () => {
    const { html, text } = await files("prod\u202egnitset\u200b\u0007\u{e0041}x");
    expect(html).toContain("prodgnitsetx");
    for (const hidden of ["\u202e", "\u200b", "\u0007", "\u{e0041}"])
      expect(html + text).not.toContain(hidden);
  });

  it("of 500 characters: whole in HTML, cut in a PDF that says so and stays on its pages", async () => {
    const { html, text, totalPages } = await files("n".repeat(500));
    expect(html).toContain("n".repeat(500));
    expect(text.replaceAll(" ", "")).toContain(`${"n".repeat(239)}…`);
    expect(totalPages).toBeLessThan(6);
    expect([...printedText("😀".repeat(3_000))]).toHaveLength(2_000);
  });

  it("of a formula is text: no file holds anything that acts", async () => {
    const name = `=HYPERLINK("http://evil.example","Open")`;
    const document = describeReport(named(name));
    const pdf = Buffer.from(await renderPdf(document)).toString("latin1");
    expect((await files(name)).text).toContain(`=HYPERLINK("http://evil.example"`);
    expect(pdf).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction|EmbeddedFile|AcroForm)\b/);
    expect(await renderHtml(document)).not.toMatch(/<a\b/);
  });
});
