import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { printStyle } from "./print-style.ts";
import type { Block, PrintedCell, PrintedFigure, ReportDocument } from "./report-document.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * One file that needs nothing else: no script, no font, no picture from elsewhere, and a policy that lets none in.
 * All text is escaped by the template; a chart is a picture of its own, in which nothing runs.
 */
export async function renderHtml(report: ReportDocument): Promise<string> {
  const { title, organization, facts, headline, sections } = report;
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(printStyle)}</style>
</head>
<body>
<main>
<header>
<p class="organization"><bdi>${organization}</bdi></p>
<h1><bdi>${title}</bdi></h1>
<dl>${facts.map(({ label, text }) => html`<div><dt>${label}</dt><dd><bdi>${text}</bdi></dd></div>`)}</dl>
</header>
${headline.length > 0 ? figureList(headline, "headline") : ""}
${sections.map(
  (section) => html`<section>
<h2>${section.title}</h2>
${section.blocks.map(drawBlock)}
</section>
`,
)}
</main>
</body>
</html>
`;
  return String(page);
}

function drawBlock(block: Block): Html {
  switch (block.kind) {
    case "heading":
      return html`<h3><bdi>${block.text}</bdi></h3>`;
    case "figures":
      return figureList(block.figures, "");
    case "chart":
      return html`<img class="chart" width="${block.chart.width}" height="${block.chart.height}" alt="${block.chart.altText}" src="data:image/svg+xml;base64,${withFallbackFonts(block.chart.svg)}">`;
    case "table":
      return tableOf(block);
    case "note":
      return html`<p class="note"><bdi>${block.text}</bdi></p>`;
    case "missing":
      return html`<p class="missing"><strong>No data.</strong> <bdi>${block.text}</bdi></p>`;
  }
}

function figureList(figures: readonly PrintedFigure[], name: string): Html {
  return html`<dl class="figures ${name}">${figures.map(
    ({ label, text, unit, detail, exact }) =>
      html`<div><dt>${label}</dt><dd class="value"${titled(exact)}>${text}${unit ? html` <small>${unit}</small>` : ""}</dd>${
        detail ? html`<dd class="detail"><bdi>${detail}</bdi></dd>` : ""
      }</div>`,
  )}</dl>`;
}

function tableOf({ columns, rows }: Extract<Block, { kind: "table" }>): Html {
  const classOf = (index: number) => (columns[index]!.isNumeric ? html` class="number"` : "");
  return html`<div class="scroll"><table>
<thead><tr>${columns.map(({ label }, index) => html`<th scope="col"${classOf(index)}><bdi>${label}</bdi></th>`)}</tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr>${row.map((cell, index) => html`<td${classOf(index)}${titled(cell.exact)}><bdi>${cell.text}</bdi></td>`)}</tr>
`,
  )}</tbody>
</table></div>`;
}

function titled(exact: PrintedCell["exact"]): Html | "" {
  return exact === undefined ? "" : html` title="${exact}"`;
}

/** A picture cannot use the page's fonts: without Geist on the machine, its own sans-serif. */
function withFallbackFonts(svg: string): string {
  const named = svg.replace(/(<text\b[^>]*font(?:-family)?:[^;"]*)Geist/g, "$1Geist,system-ui,sans-serif");
  return Buffer.from(named).toString("base64");
}
