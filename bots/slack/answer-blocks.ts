import type { types } from "@slack/bolt";
import type { AnswerParts, FigureSource } from "../answer-parts.ts";
import { spansText } from "../spans.ts";
import { escapeMrkdwn } from "./escape-mrkdwn.ts";
import { bullets, contextLine, richText, section, textElement, toElements } from "./rich-text.ts";

/** A message for Slack: blocks to look at, text for notifications and screen readers. */
export interface SlackMessage {
  blocks: types.KnownBlock[];
  text: string;
}

export const showSourcesAction = "figures_show";

/** Slack's own limit for a button's value. */
const longestValue = 2_000;

/** An answer; `working` is what it still waits for, null once it is finished. */
export function toAnswerMessage(parts: AnswerParts, working: string | null): SlackMessage {
  const { headline, lines, moreLineCount, table, suggestions } = parts;
  const finished = working === null;
  const blocks: types.KnownBlock[] = [];
  if (headline.length > 0) blocks.push(richText(section(...toElements(headline))));
  if (lines.length > 0) blocks.push(richText(bullets(lines.map(toElements))));
  if (!finished) blocks.push(contextLine(working === "" ? "Working…" : `Working: ${working}…`));
  if (finished && headline.length === 0) blocks.push(contextLine("There is no answer to show."));
  if (finished && moreLineCount > 0)
    blocks.push(contextLine(`${moreLineCount} more ${moreLineCount === 1 ? "line" : "lines"} in the web.`));
  if (finished && suggestions.length > 0) blocks.push(contextLine(`Next: ${suggestions.join("; ")}`));
  if (finished && parts.figures.length > 0) blocks.push(sourcesButton(parts.figures));
  if (finished && table) blocks.push(...tableBlocks(table));
  return { blocks, text: fallback(parts, working) };
}

function fallback({ headline, lines }: AnswerParts, working: string | null): string {
  const words = [headline, ...lines].map(spansText).join("\n").trim();
  return escapeMrkdwn(words || (working === null ? "There is no answer to show." : "Working…")).slice(
    0,
    3_000,
  );
}

/** The sources travel in the button itself: they are words to show again, and decide nothing. */
function sourcesButton(figures: readonly FigureSource[]): types.ActionsBlock {
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        action_id: showSourcesAction,
        text: { type: "plain_text", text: "Where from" },
        value: writeSources(figures),
      },
    ],
  };
}

/** Figures by their source, as many as a button carries. */
function writeSources(figures: readonly FigureSource[]): string {
  const bySource = Map.groupBy(figures, ({ provenance }) => provenance);
  const lines = [...bySource].map(
    ([source, of]) => `${[...new Set(of.map(({ text }) => text))].join(", ")}\t${source}`,
  );
  let value = "";
  for (const line of lines) {
    if (value.length + line.length + 1 > longestValue) return `${value}…`;
    value += `${line}\n`;
  }
  return value.trimEnd();
}

/** The ephemeral list behind "Where from". */
export function toSourcesMessage(value: string): SlackMessage {
  const lines = value.split("\n").filter((line) => line !== "");
  return {
    text: escapeMrkdwn(`Where the figures come from:\n${lines.join("\n")}`),
    blocks: [
      richText(section(textElement("Where the figures come from", { bold: true }))),
      richText(
        bullets(
          lines.map((line) => {
            const [figures = "", source] = line.split("\t");
            if (!source) return [textElement(figures)];
            return [textElement(figures, { bold: true }), textElement(`: ${source}`)];
          }),
        ),
      ),
    ],
  };
}

function tableBlocks({
  title,
  columns,
  rows,
  moreRowCount,
}: NonNullable<AnswerParts["table"]>): types.KnownBlock[] {
  const cell = (text: string): types.RawTextElement => ({ type: "raw_text", text: text || "-" });
  const more = moreRowCount > 0 ? `, ${moreRowCount} more in the web` : "";
  return [
    contextLine(`${title}${more}`),
    {
      type: "table",
      column_settings: columns.map(({ align }) => ({ align, is_wrapped: align === "left" })),
      rows: [columns.map(({ label }) => cell(label)), ...rows.map((row) => row.map(cell))],
    },
  ];
}
