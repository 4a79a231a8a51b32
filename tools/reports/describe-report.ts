import { addDays, dayInWords, daysBetween, periodInWords } from "../costs/coverage.ts";
import { formatChange, formatCount, formatMoney } from "../kernel/format-value.ts";
import { decimal } from "../kernel/money.ts";
import { describeView } from "./describe-view.ts";
import { momentInWords } from "./moment-in-words.ts";
import { printedText } from "./printed-text.ts";
import type { DataState, Figure, ReportAnswer, ReportContent } from "./report-content.ts";
import type { Block, PrintedFigure, ReportDocument } from "./report-document.ts";
import { reportTypeLabels } from "./report-types.ts";

/** A kept report as it is printed, from what is kept alone: nothing is asked again. */
export function describeReport(content: ReportContent): ReportDocument {
  const { period, data, currencies } = content;
  const days = daysBetween(period.start, period.end);
  const answered = content.sections
    .flatMap(({ answers }) => answers)
    .flatMap((answer) => (answer.outcome === "answered" ? answer.figures : []));
  return {
    title: printedText(content.title),
    organization: printedText(content.organization),
    facts: [
      { label: "Report", text: reportTypeLabels[content.type] },
      { label: "Period", text: `${periodInWords(period)} (${days} ${days === 1 ? "day" : "days"}, UTC)` },
      { label: "Scope", text: printedText(content.scope) },
      { label: "Currencies", text: currencies.join(", ") || "no amounts" },
      { label: "Costs", text: costsInWords(data) },
      {
        label: "Made",
        text: `${momentInWords(content.generatedAt)} ${content.schedule ? `on a schedule of ${printedText(content.generatedBy.name)}, ${content.schedule}` : `by ${printedText(content.generatedBy.name)}`}`,
      },
    ],
    headline: answered.filter(({ isHeadline }) => isHeadline).map(printFigure),
    sections: [
      ...content.sections.map(({ title, answers }) => ({
        title,
        blocks: answers.flatMap((answer) =>
          describeAnswer(answer, answers.length > 1, currencies.length > 1),
        ),
      })),
      { title: "Where the figures come from", blocks: provenance(content) },
    ],
  };
}

function describeAnswer(answer: ReportAnswer, isOneOfMany: boolean, several: boolean): Block[] {
  const title: Block[] = isOneOfMany ? [{ kind: "heading", text: answer.title }] : [];
  if (answer.outcome === "missing") {
    const text = printedText([answer.reason, answer.hint].filter(Boolean).join(" "));
    return [...title, { kind: "missing", text }];
  }
  const { figures, views, notes, input } = answer;
  const dimension = typeof input.groupBy === "string" ? input.groupBy : "service";
  const drawn = views.flatMap((view, at) => describeView(view, { dimension, several, next: views[at + 1] }));
  if (figures.length + drawn.length + notes.length === 0) return [];
  // A view says more precisely what it shows than the question that led to it.
  const hasOwnTitle = drawn[0]?.kind === "heading";
  return [
    ...(hasOwnTitle ? [] : title),
    ...(figures.length > 0 ? [{ kind: "figures" as const, figures: figures.map(printFigure) }] : []),
    ...drawn,
    ...notes.map((text): Block => ({ kind: "note", text: printedText(text) })),
  ];
}

function printFigure({ label, value, unit, detail, isChange }: Figure): PrintedFigure {
  const common = { label, detail: detail && printedText(detail) };
  if (value === null) return { ...common, text: "not known", unit: "" };
  if (unit === "percent") {
    return {
      ...common,
      text: `${decimal(value).toDecimalPlaces(1).toFixed()} %`,
      exact: `${value} %`,
      unit: "",
    };
  }
  if (unit === "count") return { ...common, text: formatCount(value), unit: "" };
  return {
    ...common,
    text: (isChange ? formatChange : formatMoney)(value, unit),
    exact: `${value} ${unit}`,
    unit,
  };
}

function costsInWords({ costs }: DataState): string {
  if (!costs) return "none are loaded";
  const days = periodInWords({ start: costs.dataFrom, end: addDays(costs.dataUntil, 1) });
  return `${days}${costs.loadedAt ? `, loaded ${momentInWords(costs.loadedAt)}` : ""}`;
}

const basisNames: Readonly<Record<keyof DataState, string>> = {
  costs: "Cost data",
  inventory: "Inventory",
  analysis: "Recommendations",
  assessment: "Well-Architected assessment",
};

/** What was read, as of when, and what answers the same questions in the chat. */
function provenance({ data, sections, businessTime }: ReportContent): Block[] {
  const asOf = (basis: keyof DataState) => {
    if (basis === "costs") return data.costs ? `until ${dayInWords(data.costs.dataUntil)}` : "none";
    const state = data[basis];
    return state ? momentInWords(state.at) : "none";
  };
  const cells = (...texts: string[]) => texts.map((text) => ({ text }));
  const text = (label: string) => ({ label, isNumeric: false, isWide: false });
  return [
    {
      kind: "table",
      columns: [text("Section"), text("Figures"), text("Read by"), text("From"), text("As of")],
      rows: sections.flatMap(({ title, answers }) =>
        answers.map((answer) =>
          cells(
            title,
            answer.outcome === "missing" ? `${answer.title} (none)` : answer.title,
            answer.tool,
            basisNames[answer.basis],
            asOf(answer.basis),
          ),
        ),
      ),
    },
    {
      kind: "note",
      text: `Periods and ages are reckoned by ${momentInWords(businessTime)}. Amounts are printed to the cent; every digit, and each day of a chart, is in the report's JSON. Amounts of several currencies are never added.`,
    },
  ];
}
