import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import { recommendationTypeLabels } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { findRecommendationStatus } from "../understand/find-recommendation-status.ts";
import { findResources } from "../understand/find-resources.ts";
import { orderWords, wantsSavingsOrder } from "./order-words.ts";
import { placeWords, resourceFilterInput } from "./resource-filter-input.ts";
import { eachMoney, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** What wastes money and what to do about it, what is worth it most first. Types are said apart: they are never added here. */
export function answerRecommendations(thinking: Thinking): Thought {
  const { question, results } = thinking;
  const state = inventoryState(question);
  const status = findRecommendationStatus(question.text);
  const types = question.recommendationTypes ?? [];
  if (results.length === 0) {
    const input = {
      ...recommendationInput(question),
      ...(status ? { status } : {}),
      ...(wantsSavingsOrder(question.text) ? { order: "savings" } : {}),
    };
    if (types.length > 1) {
      return { calls: types.map((type) => ({ name: "list_recommendations", input: { ...input, type } })) };
    }
    const calls = [{ name: "list_recommendations", input }];
    return { calls: state ? [...calls, { name: "search_resources", input: state }] : calls };
  }
  if (types.length > 1) return { say: saySeveral(thinking) };
  const [result, inventory] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as RecommendationList;
  if (status) return { say: sayDecided(result.call, output, status) };
  const at = result.call;
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  if (output.totalCount === 0) {
    return {
      say: `Nothing to save was found${where}${typeWords(question)}. ${word(output.note ?? "")}${next("What did we spend by service", "How many resources do we have")}`,
    };
  }
  const span = wantsYear(question.text) ? "year" : "month";
  const lines = rowLines(at, output, question.top ?? LINES, span);
  const [only, ...others] = output.byType;
  const count = `**${ref(at, "/totalCount")}** recommendation${output.totalCount === 1 ? "" : "s"}${where}`;
  const finding =
    only && others.length === 0
      ? `${count}: ${typeSaving(at, 0, only, span)}, at your rates. Nothing changes until a person acts.\n`
      : `${firstRow(at, output, span)}${count} in all, at your rates; nothing changes until a person acts.\n`;
  return {
    say: `${inventoryLine(inventory)}${finding}${lines.join("")}${others.length > 0 ? `\n${typesLine(at, output, span)}` : ""}${lines.length > 1 ? `\n${orderWords(at, output.order)}` : ""}${next(
      "How much could we save in total",
      `What did ${word(output.rows[0]?.resource.name ?? "it")} cost`,
    )}`,
  };
}

type Span = "month" | "year";
const wantsYear = (text: string) => /\b(?:years?|yearly|annual(?:ly)?|per annum|p\.?a\.?)\b/i.test(text);
const fieldOf = (span: Span) => (span === "year" ? "annualSavings" : "monthlySavings");

/** The one that comes first in the order that was asked for. */
function firstRow(at: number, { rows, order }: RecommendationList, span: Span): string {
  const [row] = rows;
  if (!row?.monthlySavings) return "";
  const other = span === "year" ? `, ${ref(at, "/rows/0/monthlySavings")} a month` : "";
  const verb = order.by === "savings" ? "saves the most" : "comes first";
  return `**\`${row.resource.name.replace(/[`{}]/g, "'")}\`** ${verb}: "${word(row.title)}" saves **${ref(at, `/rows/0/${fieldOf(span)}`)} a ${span}**${other}.\n`;
}

function typeSaving(
  at: number,
  index: number,
  type: RecommendationList["byType"][number],
  span: Span,
): string {
  const saving = eachMoney(at, `/byType/${index}/${fieldOf(span)}`, type[fieldOf(span)]);
  return `${word(type.typeLabel)} ${ref(at, `/byType/${index}/recommendationCount`)}${saving.length > 0 ? ` (${join(saving)} a ${span})` : ""}`;
}

/** What the largest types come to. */
function typesLine(at: number, { byType }: RecommendationList, span: Span): string {
  const largest = byType
    .map((type, index) => ({ type, index, saving: Number(type.monthlySavings[0]?.value ?? 0) }))
    .toSorted((a, b) => b.saving - a.saving)
    .slice(0, LINES);
  const told = largest.map(({ type, index }) => typeSaving(at, index, type, span));
  const rest = byType.length > largest.length ? "; the other types save less" : "";
  return `The largest types: ${join(told)}${rest}. Types on the same resource exclude or reduce each other: they are not to be added up.\n`;
}

function rowLines(at: number, output: RecommendationList, most: number, span: Span = "month"): string[] {
  return output.rows.slice(0, most).map((row, index) => {
    const base = `/rows/${index}`;
    const saving = row[fieldOf(span)] ? `${ref(at, `${base}/${fieldOf(span)}`)} a ${span}` : "saving unknown";
    const place = [row.resource.resourceGroup, row.resource.region].filter(Boolean).map(word).join(", ");
    return `- \`${row.resource.name.replace(/[`{}]/g, "'")}\` (${word(row.typeLabel.toLowerCase())}${place ? `, ${place}` : ""}): ${saving}, risk ${row.risk}\n`;
  });
}

/** Several types, each on its own: on one resource they exclude each other, so that nothing is added up. */
function saySeveral({ question, results }: Thinking): string {
  const parts = results.map((result, index) => {
    if (!result.output) return sayError(result);
    const output = result.output as unknown as RecommendationList;
    const label = recommendationTypeLabels[question.recommendationTypes![index]!];
    if (output.totalCount === 0) return `${label}: nothing found.\n`;
    const saving = eachMoney(result.call, "/byType/0/monthlySavings", output.byType[0]?.monthlySavings ?? []);
    return `**${label}**: ${ref(result.call, "/totalCount")}${saving.length > 0 ? `, ${join(saving)} a month at your rates` : ""}\n${rowLines(result.call, output, question.top ?? 3).join("")}`;
  });
  return `${parts.join("")}These are told apart, not added up: on the same resource they exclude or reduce each other.\n${next("What should we optimize first")}`;
}

/** Recommendations that somebody decided on, or whose reason went away. */
function sayDecided(
  at: number,
  output: RecommendationList,
  status: NonNullable<ReturnType<typeof findRecommendationStatus>>,
): string {
  const words = {
    dismissed: "were dismissed",
    implemented: "were implemented",
    in_progress: "are in progress",
    expired: "expired, because their reason went away",
  }[status];
  if (output.totalCount === 0) return `No recommendations ${words}.\n${next("How can we save money")}`;
  return `**${ref(at, "/totalCount")}** recommendations ${words}. The savings are those expected when they were made:\n${rowLines(at, output, LINES).join("")}${next("How can we save money")}`;
}

/** "list the unattached disks": the state is the inventory's; not all in it should go. */
function inventoryState(question: Question): Record<string, unknown> | undefined {
  if (!tellsUnattached(question)) return undefined;
  const { type } = findResources(question.text);
  return { ...resourceFilterInput(question), type, status: "unattached", withTotalCost: true, limit: 10 };
}

/** Whether the answer tells how many are unattached, and what they cost. */
export function tellsUnattached(question: Question): boolean {
  const { type, status } = findResources(question.text);
  const [finding, ...more] = question.recommendationTypes ?? [];
  const isOfDisks = finding === "unattached_disk" && more.length === 0;
  const isUnattached = status === "unattached" || isOfDisks;
  return type !== undefined && isUnattached && !question.filters.some(({ exclude }) => exclude);
}

function inventoryLine(result: CallResult | undefined): string {
  const output = result?.output as unknown as ResourceSearchOutput | undefined;
  if (!result || !output || output.totalCount === 0) return "";
  const cost = eachMoney(result.call, "/totalCost", output.totalCost ?? []);
  const together =
    cost.length > 0 ? `, which together cost ${join(cost)} *(${periodInWords(output.period)})*` : "";
  return `**${ref(result.call, "/totalCount")}** are unattached${together}. What can go is less, as some are kept for a reason:\n`;
}

export function recommendationInput(question: Question): Record<string, unknown> {
  const { text, ...place } = resourceFilterInput(question);
  const types = question.recommendationTypes ?? [];
  return {
    ...place,
    ...(text ? { resource: text } : {}),
    ...(types.length === 1 ? { type: types[0] } : {}),
    ...(question.top ? { limit: Math.min(question.top, 50) } : {}),
    ...(question.threshold?.over ? { minimumMonthlySavings: question.threshold.amount } : {}),
  };
}

/** ": old snapshot", where one type is asked for. */
function typeWords({ recommendationTypes }: Question): string {
  const [type, ...more] = recommendationTypes ?? [];
  return type && more.length === 0 ? `: ${recommendationTypeLabels[type].toLowerCase()}` : "";
}
