import { toRuns } from "./print-fonts.ts";

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** A chart's SVG whose names are in a typeface that has their characters: in SVG a text has one. */
export function printableChart(svg: string): string {
  return svg.replace(
    /(<text\b[^>]*>)([^<]*)(<\/text>)/g,
    (whole, open: string, text: string, close: string) => {
      const runs = toRuns(text.replace(/&(lt|gt|quot|amp|#39);/g, (entity) => entities[entity]!));
      if (runs.every(({ font }) => font === "Geist")) {
        return runs.length === 0
          ? whole
          : `${open}${escapeXml(runs.map((run) => run.text).join(""))}${close}`;
      }
      const other = open.replace(/(font(?:-family)?:[^;"]*)Geist/, "$1DejaVu");
      return `${other}${escapeXml(runs.map((run) => run.text).join(""))}${close}`;
    },
  );
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
