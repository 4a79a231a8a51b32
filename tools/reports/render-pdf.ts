import pdfmake from "pdfmake";
import type { Content, TableCell, TDocumentDefinitions } from "pdfmake/interfaces.d.ts";
import { chartColors } from "../charts/chart-colors.ts";
import { fitLabel } from "../charts/chart-text.ts";
import { shippedFonts, writable } from "../charts/shipped-fonts.ts";
import { writableChart } from "../charts/writable-chart.ts";
import { printableChart } from "./printable-chart.ts";
import { inReadingOrder } from "./reading-order.ts";
import type { Block, PrintedFigure, ReportDocument } from "./report-document.ts";

const pageWidth = 595.28; // A4 in points
const margin = 42;
const textWidth = pageWidth - 2 * margin;
/** A name longer than this is cut on paper; HTML and JSON have it whole. */
const longestCell = 240;

pdfmake.setFonts(shippedFonts);
// A report is drawn from its content alone: nothing in it can make this process read a file or an address.
const fontFiles = new Set(Object.values(shippedFonts).flatMap(({ normal, bold }) => [normal, bold]));
pdfmake.setLocalAccessPolicy((path: string) => fontFiles.has(path));
pdfmake.setUrlAccessPolicy(() => false);

/** The report as PDF, A4, with vector charts and selectable text; no browser is needed. */
export async function renderPdf(report: ReportDocument): Promise<Uint8Array> {
  return pdfmake.createPdf(toDefinition(report)).getBuffer();
}

const codePointNote =
  "Letters that no typeface of this file has are written as their Unicode code points, as in [U+4E2D 6587]. The report as HTML or JSON has them as they are.";

/** Whether the typefaces have every character of the report. */
function isWhollyDrawn(report: ReportDocument): boolean {
  return [...new Set(JSON.stringify(report))].every((character) => writable(character) === character);
}

function toDefinition(report: ReportDocument): TDocumentDefinitions {
  const { title, organization, facts, headline, sections } = report;
  return {
    info: { title, author: organization, creator: "CloudOptima AI", producer: "CloudOptima AI" },
    pageSize: "A4",
    pageMargins: [margin, 46, margin, 48],
    defaultStyle: { font: "Geist", fontSize: 9, lineHeight: 1.25, color: chartColors.foreground },
    footer: (page, pages) => ({
      columns: [
        words(fitLabel(title, 90), { fontSize: 7.5, color: chartColors.muted }),
        {
          text: `${page} of ${pages}`,
          alignment: "right",
          width: 60,
          fontSize: 7.5,
          color: chartColors.muted,
        },
      ],
      margin: [margin, 16, margin, 0],
    }),
    // A title near the foot of a page belongs to what follows.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > 0.78,
    content: [
      words(organization, { color: chartColors.muted, margin: [0, 0, 0, 2] }),
      words(title, { fontSize: 19, bold: true, lineHeight: 1.15, margin: [0, 0, 0, 12] }),
      factTable(facts),
      ...(headline.length > 0 ? [framed(figureTable(headline, 3))] : []),
      ...sections.flatMap((section) => [sectionTitle(section.title), ...drawBlocks(section.blocks)]),
      ...(isWhollyDrawn(report) ? [] : [draw({ kind: "note", text: codePointNote })]),
    ],
  };
}

/** A heading stays with what it names: with a table as its first row, which is repeated on each page. */
function drawBlocks(blocks: readonly Block[]): Content[] {
  return blocks.flatMap((block, index): Content[] => {
    if (block.kind === "heading")
      return nameFor(block, blocks[index + 1]) === null ? [title(block.text)] : [];
    const named = nameFor(blocks[index - 1], block);
    if (block.kind === "table") return [tableOf(block, named)];
    return [named === null ? draw(block) : { stack: [title(named), draw(block)], unbreakable: true }];
  });
}

/** The heading of the block after it; null where it is none, or names nothing. */
function nameFor(block: Block | undefined, next: Block | undefined): string | null {
  return block?.kind === "heading" && next !== undefined && next.kind !== "heading" ? block.text : null;
}

function title(text: string): Content & TableCell {
  return words(text, { fontSize: 9.5, bold: true, margin: [0, 10, 0, 4] });
}

function draw(block: Exclude<Block, { kind: "heading" | "table" }>): Content {
  switch (block.kind) {
    case "figures":
      return figureTable(block.figures, 3);
    case "chart":
      return { svg: printableChart(writableChart(block.chart.svg)), width: textWidth, margin: [0, 2, 0, 4] };
    case "note":
      return words(block.text, { fontSize: 7.5, color: chartColors.muted, margin: [0, 4, 0, 0] });
    case "missing":
      return framed(words(`No data. ${block.text}`, {}));
  }
}

/** Text in the typefaces that have its characters; long words break anywhere, for no name may leave its column. */
function words(text: string, style: Record<string, unknown>, longestLine = 60): Content & TableCell {
  const characters = [...text];
  const shown = characters.length <= longestCell ? text : `${characters.slice(0, longestCell - 1).join("")}…`;
  const runs = inReadingOrder(shown, longestLine);
  return { text: runs, wordBreak: "break-all", ...breaking(shown), ...style } as Content & TableCell;
}

/** Ordinary sentences break between words; only a word too long for a column may be cut. */
function breaking(text: string): Record<string, unknown> {
  return text.split(/\s/).some((word) => word.length > 24) ? {} : { wordBreak: "normal" };
}

function factTable(facts: ReportDocument["facts"]): Content {
  return {
    layout: "noBorders",
    table: {
      widths: [64, "*"],
      body: facts.map(({ label, text }) => [{ text: label, color: chartColors.muted }, words(text, {})]),
    },
  };
}

function figureTable(figures: readonly PrintedFigure[], perRow: number): Content {
  const cells = figures.map(
    ({ label, text, unit, detail }): TableCell => ({
      stack: [
        { text: label, fontSize: 8, color: chartColors.muted },
        {
          text: [
            { text, fontSize: 13, bold: true },
            { text: unit ? `  ${unit}` : "", fontSize: 8, color: chartColors.muted },
          ],
        },
        ...(detail ? [words(detail, { fontSize: 7.5, color: chartColors.muted }, 30)] : []),
      ],
      margin: [0, 3, 0, 3],
    }),
  );
  const rows = Array.from({ length: Math.ceil(cells.length / perRow) }, (_, row) =>
    Array.from({ length: perRow }, (_, index): TableCell => cells[row * perRow + index] ?? ""),
  );
  return {
    layout: "noBorders",
    table: { widths: Array(perRow).fill("*"), dontBreakRows: true, body: rows },
    margin: [0, 2, 0, 4],
  };
}

function tableOf({ columns, rows }: Extract<Block, { kind: "table" }>, named: string | null): Content {
  const aligned = (index: number) => (columns[index]!.isNumeric ? { alignment: "right", noWrap: true } : {});
  const titles = named === null ? 0 : 1;
  const hasWide = columns.some(({ isWide }) => isWide);
  const isNarrow = (index: number) => hasWide && !columns[index]!.isWide;
  // Characters that surely fit.
  const longest = (index: number) => (isNarrow(index) ? 12 : Math.floor(84 / columns.length));
  return {
    layout: {
      hLineWidth: (line) => (line <= titles ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: (line) => (line === titles + 1 ? chartColors.borderStrong : chartColors.grid),
      paddingLeft: (column) => (column === 0 ? 0 : 6),
      paddingRight: (column) => (column === columns.length - 1 ? 0 : 6),
      paddingTop: () => 3,
      paddingBottom: () => 2,
    },
    table: {
      headerRows: titles + 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ isNumeric }, index) => (isNumeric ? "auto" : isNarrow(index) ? 72 : "*")),
      body: [
        ...(named === null ? [] : [nameRow(named, columns.length)]),
        columns.map(({ label }, index) =>
          words(label, { fontSize: 7.5, color: chartColors.muted, ...aligned(index) }),
        ),
        ...rows.map((row) =>
          row.map((cell, index) => words(cell.text, { fontSize: 8, ...aligned(index) }, longest(index))),
        ),
      ],
    },
    margin: [0, 2, 0, 2],
  };
}

function nameRow(text: string, columnCount: number): TableCell[] {
  const name = { ...(title(text) as object), colSpan: columnCount } as TableCell;
  return [name, ...Array<TableCell>(columnCount - 1).fill("")];
}

function framed(content: Content): Content {
  return {
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => chartColors.grid,
      vLineColor: () => chartColors.grid,
    },
    table: { widths: ["*"], body: [[{ stack: [content], margin: [8, 6, 4, 4] }]] },
    margin: [0, 10, 0, 2],
  };
}

function sectionTitle(text: string): Content {
  const line = {
    ...{ type: "line" as const, x1: 0, y1: 0, x2: textWidth, y2: 0 },
    ...{ lineWidth: 0.5, lineColor: chartColors.grid },
  };
  return {
    headlineLevel: 1,
    margin: [0, 18, 0, 6],
    stack: [{ canvas: [line], margin: [0, 0, 0, 14] }, words(text, { fontSize: 13, bold: true })],
  };
}
