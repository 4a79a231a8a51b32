import type { Answer } from "@cloudoptima/agent/answer.ts";
import { plainText } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { Style } from "../style.ts";
import { renderView } from "./render-view.ts";

/** Only the first chart and one more view: the answer leads, looking supports it. */
const mostViews = 2;

/** The answer for a person: headline, bullets, then its chart or table. */
export function renderAnswer(answer: Answer, style: Style): string {
  const [headline = "", ...rest] = plainText(answer.answer).trim().split("\n");
  const text = [style.bold(withoutMarks(headline)), ...rest.map((line) => withoutMarks(line))];
  const views = answer.views.slice(0, mostViews).flatMap((view) => ["", ...renderView(view, style)]);
  return `${[...text, ...views].join("\n")}\n`;
}

/** Markdown's list and emphasis marks read badly on a terminal. */
function withoutMarks(line: string): string {
  return line
    .replace(/^(\s*)[-*]\s+/, "$1• ")
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/^#{1,4}\s+/, "");
}
