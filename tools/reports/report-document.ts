import type { ChartSvg } from "../charts/chart-svg.ts";

/** Text for a reader; `exact` says in full what is rounded. All text is made visible, none is escaped. */
export interface PrintedCell {
  text: string;
  exact?: string;
}

export interface PrintedFigure extends PrintedCell {
  label: string;
  /** Beside the value, smaller: the currency's code. */
  unit: string;
  detail: string | null;
}

/** What a report is printed from: each format draws the same parts. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "figures"; figures: PrintedFigure[] }
  | { kind: "chart"; chart: ChartSvg }
  | {
      kind: "table";
      columns: { label: string; isNumeric: boolean; isWide: boolean }[];
      rows: PrintedCell[][];
    }
  | { kind: "note"; text: string }
  | { kind: "missing"; text: string };

export interface ReportDocument {
  title: string;
  organization: string;
  /** Under the title: period, when it was made. */
  facts: { label: string; text: string }[];
  headline: PrintedFigure[];
  sections: { title: string; blocks: Block[] }[];
}
