import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { listDeliveredCosts } from "@cloudoptima/db/queries/cost-deliveries.ts";
import type { ReadContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { readDataState } from "./read-data-state.ts";
import { type Basis, type DataState, type Figure, ReportAnswer, ReportContent } from "./report-content.ts";
import { placeInWords } from "./report-place.ts";
import type { FigureAt, Missing, ReportQuestion, ReportScope } from "./report-question.ts";
import { sectionQuestions } from "./report-sections.ts";
import { type ReportType, type SectionName, sectionTitles } from "./report-types.ts";

export interface ReportRequest extends ReportScope {
  id: string;
  type: ReportType;
  title: string;
  sections: readonly SectionName[];
  /** When it is made again and again, in words; null: it was asked for once. */
  schedule: string | null;
}

/** How often data that changes while it is read is read anew. */
const mostReadings = 3;

/**
 * Asks every question of the report and keeps the answers. Each answer sees one moment; where data was loaded, scanned
 * or judged between two of them, all are asked again, so that the sections of a report never disagree.
 */
export async function readReport(
  ctx: ReadContext,
  request: ReportRequest,
  onStep: (done: number, total: number) => Promise<void>,
): Promise<ReportContent> {
  for (let reading = 1; reading <= mostReadings; reading++) {
    const before = await ctx.read(readMoment);
    const sections = await readSections(ctx, request, before.data, onStep);
    if (JSON.stringify(await ctx.read(readMoment)) === JSON.stringify(before)) {
      return toContent(ctx, request, before.data, sections);
    }
  }
  throw new AppError("conflict", "The data changed each time while it was read.", {
    hint: "Generate it again when the load or scan that runs is done.",
  });
}

/** The state of the data, and which loads it consists of: two can end at the same moment of the business clock. */
async function readMoment(transaction: TenantTransaction) {
  const data = await readDataState(transaction);
  const delivered = await listDeliveredCosts(transaction);
  const loads = delivered.map(({ deliveryCount, rowCount, loadedAt }) => [deliveryCount, rowCount, loadedAt]);
  return { data, loads };
}

async function readSections(
  ctx: ReadContext,
  { sections, period, place }: ReportRequest,
  data: DataState,
  onStep: (done: number, total: number) => Promise<void>,
): Promise<ReportContent["sections"]> {
  const asked = sections.map((section) => ({
    section,
    questions: sectionQuestions[section]({ period, place }),
  }));
  const total = asked.reduce((sum, { questions }) => sum + questions.length, 0);
  let done = 0;
  const read: ReportContent["sections"] = [];
  for (const { section, questions } of asked) {
    const answers: ReportAnswer[] = [];
    for (const question of questions) {
      ctx.signal.throwIfAborted();
      await onStep(done, total);
      answers.push(await readAnswer(ctx, question, { data, place }));
      done += 1;
    }
    read.push({ section, title: sectionTitles[section], answers });
  }
  return read;
}

const nothingYet: Readonly<Record<Basis, Missing>> = {
  costs: {
    reason: "There is no cost data yet.",
    hint: "Connect a cloud and scan it, or import a file of costs.",
  },
  inventory: { reason: "No cloud has been scanned yet.", hint: "Connect a cloud and scan it." },
  analysis: {
    reason: "Nothing was analyzed yet, so what could be saved is not known.",
    hint: "Connect a cloud and scan it; the analysis follows each scan.",
  },
  assessment: {
    reason: "Nothing was assessed yet.",
    hint: "Connect a cloud and scan it; the assessment follows each scan.",
  },
};

/** What there is no data for is said, never told as zero; anything else that fails, fails the report. */
async function readAnswer(
  ctx: ReadContext,
  question: ReportQuestion,
  { data, place }: { data: DataState; place: ReportRequest["place"] },
): Promise<ReportAnswer> {
  const { title, tool, input, basis } = question;
  const missing = (reason: string, hint: string | null): ReportAnswer => ({
    ...{ title, tool, input, basis, outcome: "missing", reason, hint },
  });
  const known =
    data[basis] === null
      ? nothingYet[basis]
      : ((await unseenPlace(ctx, basis, place)) ?? (await question.missing(ctx)));
  if (known) return missing(known.reason, known.hint);
  try {
    const { figures, ...answered } = await question.answer(ctx);
    return ReportAnswer.parse({
      ...{ title, tool, basis, outcome: "answered", ...answered },
      figures: figures.map((figure) => toFigure(figure, answered.output)),
    });
  } catch (error) {
    const isPart = placeInWords(place) !== null;
    // What the inventory names may have no cost, and what a bill names no resource.
    if (error instanceof AppError && (error.code === "no_data" || (isPart && error.code === "not_found"))) {
      return missing(error.message, error.hint ?? null);
    }
    throw error;
  }
}

/** Of a subscription that costs alone name, "no findings" would read as praise. */
async function unseenPlace(
  ctx: ReadContext,
  basis: Basis,
  { subscription }: ReportRequest["place"],
): Promise<Missing | null> {
  if (basis === "costs" || !subscription) return null;
  if ((await ctx.read(readSubscriptionNames)).has(subscription.id)) return null;
  return {
    reason: `No scan has seen the subscription ${subscription.name}: only costs name it.`,
    hint: "Connect it and scan it.",
  };
}

function toFigure(
  { detail, isHeadline, isChange, ...figure }: FigureAt,
  output: Record<string, unknown>,
): Figure {
  const value = atPointer(output, figure.pointer);
  return {
    ...figure,
    value: value === null || value === undefined ? null : String(value),
    detail: detail || null,
    isHeadline: isHeadline ?? false,
    isChange: isChange ?? false,
  };
}

/** What stands at a JSON pointer; our keys hold neither "/" nor "~". */
export function atPointer(root: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split("/")
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], root);
}

function toContent(
  ctx: ReadContext,
  { title, type, period, place, schedule }: ReportRequest,
  data: DataState,
  sections: ReportContent["sections"],
): ReportContent {
  const { organizationName, userId, name } = ctx.actor;
  const answers = sections.flatMap((section) => section.answers);
  return ReportContent.parse({
    version: 1,
    title,
    type,
    organization: organizationName,
    scope: placeInWords(place) ?? `Everything of ${organizationName}`,
    schedule,
    period,
    currencies: currenciesOf(answers),
    generatedAt: ctx.realNow().toISOString(),
    businessTime: ctx.now().toString(),
    generatedBy: { id: userId, name },
    data,
    sections,
  });
}

/** Every currency that an amount of the answers has, wherever it stands. */
function currenciesOf(answers: readonly ReportAnswer[]): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { value, currency } = node as Record<string, unknown>;
    if (typeof value === "string" && typeof currency === "string") found.add(currency);
    for (const part of Object.values(node)) walk(part);
  };
  for (const answer of answers) if (answer.outcome === "answered") walk(answer.output);
  return [...found].sort();
}
