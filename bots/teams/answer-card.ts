import type { AnswerParts, FigureSource } from "../answer-parts.ts";
import type { ChartImage } from "../chart-image.ts";
import { spansText } from "../spans.ts";
import { bullet, type CardElement, paragraph, subtleLine, textRun, toRuns } from "./adaptive-text.ts";
import { adaptiveCard, type TeamsMessage } from "./teams-message.ts";

const mostSources = 12;

/** An answer; `working` is what it still waits for, null once it is finished. */
export function toAnswerMessage(parts: AnswerParts, working: string | null): TeamsMessage {
  const { headline, lines, moreLineCount, table, suggestions, figures } = parts;
  const finished = working === null;
  const body: CardElement[] = [];
  if (headline.length > 0) body.push(paragraph(toRuns(headline)));
  body.push(...lines.map((line) => bullet(toRuns(line))));
  if (!finished) body.push(subtleLine(working === "" ? "Working…" : `Working: ${working}…`));
  if (finished && headline.length === 0) body.push(subtleLine("There is no answer to show."));
  if (finished && moreLineCount > 0)
    body.push(subtleLine(`${moreLineCount} more ${moreLineCount === 1 ? "line" : "lines"} in the web.`));
  if (finished && table) body.push(...tableElements(table));
  if (finished && suggestions.length > 0) body.push(subtleLine(`Next: ${suggestions.join("; ")}`));
  const actions = finished && figures.length > 0 ? { actions: [sourcesAction(figures)] } : {};
  return { card: adaptiveCard(body, actions), summary: spansText(headline).trim() || "Working…" };
}

/** Opened by the reader's own client: it asks nobody and decides nothing. */
function sourcesAction(figures: readonly FigureSource[]): CardElement {
  const bySource = [...Map.groupBy(figures, ({ provenance }) => provenance)];
  const lines = bySource.slice(0, mostSources).map(([source, of]) => {
    const words = [...new Set(of.map(({ text }) => text))].join(", ");
    return bullet([textRun(words, { bold: true }), textRun(`: ${source}`)]);
  });
  const left = bySource.length - lines.length;
  if (left > 0) lines.push(subtleLine(`${left} more in the web.`));
  return { type: "Action.ShowCard", title: "Where from", card: { type: "AdaptiveCard", body: lines } };
}

function tableElements({
  title,
  columns,
  rows,
  moreRowCount,
}: NonNullable<AnswerParts["table"]>): CardElement[] {
  const row = (cells: readonly string[], style: { bold?: true } = {}) => ({
    type: "TableRow",
    cells: cells.map((text, index) => ({
      type: "TableCell",
      items: [
        paragraph([textRun(text || "-", style)], {
          horizontalAlignment: columns[index]?.align === "right" ? "Right" : "Left",
        }),
      ],
    })),
  });
  return [
    subtleLine(moreRowCount > 0 ? `${title}, ${moreRowCount} more in the web` : title),
    {
      type: "Table",
      firstRowAsHeader: true,
      showGridLines: false,
      columns: columns.map(({ align }) => ({ width: align === "left" ? 2 : 1 })),
      rows: [
        row(
          columns.map(({ label }) => label),
          { bold: true },
        ),
        ...rows.map((cells) => row(cells)),
      ],
    },
  ];
}

/** Teams draws inline pictures of at most this many pixels each way. */
export const longestImageSide = 1_024;

/** A chart. The picture travels in the message: nothing is fetched from anywhere. */
export function toChartMessage({ png, altText, title }: ChartImage): TeamsMessage {
  const url = `data:image/png;base64,${png.toString("base64")}`;
  return {
    summary: title,
    card: adaptiveCard([{ type: "Image", url, altText, size: "Stretch", msteams: { allowExpand: true } }]),
  };
}
