import type { Figure } from "../answer.ts";
import type { TurnCall } from "../turn-ledger.ts";
import { findExemptSpans, type TurnSurroundings } from "./exempt-spans.ts";
import { findForeignNumberWords } from "./find-foreign-number-words.ts";
import { findNumberWords } from "./find-number-words.ts";
import { findWrittenNumbers, type NumberClaim } from "./find-numbers.ts";
import { findUnitWords, findVagueWords } from "./find-unit-words.ts";
import { formatQuantity } from "./format-quantity.ts";
import { matchFigure } from "./match-figure.ts";
import { formulaOfField } from "./quantity.ts";
import { evaluateReference, parseReference } from "./reference.ts";
import { isSaidOfAnother } from "./said-of-another.ts";
import { findSwapped } from "./swapped-figures.ts";
import { gatherTurnFacts, type KnownFigure } from "./turn-facts.ts";
import { readVisibleText } from "./visible-text.ts";

/** Numbers an answer's figures; one per answer. */
export interface FigureIds {
  next(): string;
}

/** One checked sentence: safe markdown in which every figure is a link to its proof or marked as unproven. */
export interface ProvenSentence {
  markdown: string;
  /** In the order of their links. */
  figures: { id: string; figure: Figure }[];
}

interface Replacement {
  start: number;
  end: number;
  markdown: string;
}

/** Checks one whole sentence against the turn's calls. `listPosition`: the number that a list item may carry. */
export function proveSentence(
  sentence: string,
  calls: readonly TurnCall[],
  surroundings: TurnSurroundings,
  ids: FigureIds,
  listPosition: number,
): ProvenSentence {
  const visible = readVisibleText(sentence);
  const facts = gatherTurnFacts(calls);
  const figures: ProvenSentence["figures"] = [];
  const replacements: Replacement[] = [];
  const link = (figure: Figure) => {
    const id = ids.next();
    figures.push({ id, figure });
    return `[${escapeMarkdown(figure.text)}](#figure-${id})`;
  };

  const references = [...visible.references].map(([mark, body]) => {
    const reference = parseReference(body);
    return { start: visible.text.indexOf(mark), proven: reference && evaluateReference(reference, calls) };
  });
  const worked = references.flatMap(({ start, proven }) => (proven ? [{ ...proven, start }] : []));
  const swapped = findSwapped(worked, visible.text, facts, calls);
  for (const { start, proven } of references) {
    const own = worked.find((other) => other.start === start);
    const isMisplaced =
      proven && own && (swapped.has(own) || isSaidOfAnother(proven, worked, visible.text, facts, calls));
    const markdown = isMisplaced
      ? `[${escapeMarkdown(formatQuantity(proven, proven.format))}](#unproven)`
      : proven
        ? link({
            text: formatQuantity(proven, proven.format),
            value: proven.value.toFixed(),
            unit: proven.unit,
            sources: proven.sources,
            formula: proven.formula,
          })
        : "[?](#unproven)";
    replacements.push({ start, end: start + 1, markdown });
  }

  const exempt = findExemptSpans(visible.text, facts, surroundings, listPosition);
  const isExempt = ({ start, end }: { start: number; end: number }) =>
    exempt.some(([from, to]) => from <= start && end <= to);
  const claims = [
    ...findWrittenNumbers(visible.text),
    ...findNumberWords(visible.text),
    ...(surroundings.hasOwnWording ? [] : [...findVagueWords(visible.text)]),
  ]
    .map((claim) => trimToClaim(claim, exempt))
    .filter((claim) => claim.start < claim.end && !isExempt(claim))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let covered = 0;
  for (const found of claims) {
    const claim = found.start < covered ? { ...found, start: covered, values: [] } : found;
    if (claim.start >= claim.end) continue;
    const grown = growToWord(claim, visible.text);
    const whole = { start: Math.max(grown.start, covered), end: grown.end };
    const isPartOfWord = whole.start < claim.start || whole.end > claim.end;
    const figure = isPartOfWord ? undefined : matchFigure(claim, visible.text, facts);
    const text = visible.text.slice(whole.start, whole.end);
    const markdown = figure ? link(figureOf(text.trim(), figure)) : `[${escapeMarkdown(text)}](#unproven)`;
    replacements.push({ ...whole, markdown });
    covered = whole.end;
  }
  if (!surroundings.hasOwnWording) {
    const covered = [...replacements, ...exempt.map(([start, end]) => ({ start, end }))];
    for (const span of findUnitWords(visible.text, covered)) {
      const text = visible.text.slice(span.start, span.end);
      replacements.push({ ...span, markdown: `[${escapeMarkdown(text)}](#unproven)` });
    }
    for (const claim of findForeignNumberWords(visible.text)) {
      const isCovered = [...replacements, ...exempt.map(([start, end]) => ({ start, end }))].some(
        ({ start, end }) => start < claim.end && claim.start < end,
      );
      if (isCovered) continue;
      const figure = matchFigure(claim, visible.text, facts);
      replacements.push({
        start: claim.start,
        end: claim.end,
        markdown: figure ? link(figureOf(claim.text, figure)) : `[${escapeMarkdown(claim.text)}](#unproven)`,
      });
    }
  }
  replacements.push(...markWhatIsLeft(visible.text, replacements, exempt));
  return { markdown: render(visible.text, visible.code, replacements), figures };
}

/** A number that the model wrote itself, with the field that it means. */
function figureOf(text: string, figure: KnownFigure): Figure {
  return {
    text,
    value: figure.value.toFixed(),
    unit: figure.unit,
    sources: [{ call: figure.call, pointer: figure.pointer }],
    formula: formulaOfField(figure),
  };
}

/** The net under all of this: a digit that no figure, mark or exempt span covers is marked. */
function markWhatIsLeft(
  text: string,
  replacements: readonly Replacement[],
  exempt: readonly [number, number][],
): Replacement[] {
  const covers = (at: number) =>
    replacements.some(({ start, end }) => start <= at && at < end) ||
    exempt.some(([from, to]) => from <= at && at < to);
  return [...text.matchAll(/\p{N}/gu)].flatMap((match) => {
    const [digit] = match;
    if (covers(match.index)) return [];
    return [{ start: match.index, end: match.index + digit.length, markdown: `[${digit}](#unproven)` }];
  });
}

/** A name or date at one end of what looked like one number ("Sep 2025 110 VMs") is cut off it. */
function trimToClaim(claim: NumberClaim, exempt: readonly [number, number][]): NumberClaim {
  let { start, end } = claim;
  for (const [from, to] of exempt) {
    if (from <= start && to > start && to < end) start = to;
    if (to >= end && from < end && from > start) end = from;
  }
  if (start === claim.start && end === claim.end) return claim;
  const rest = findWrittenNumbers(claim.text.slice(start - claim.start, end - claim.start))[0];
  if (!rest) return { ...claim, start: end, end };
  return { ...rest, start: start + rest.start, end: start + rest.end };
}

/** The whole word around the digits: "vm-999" is one (invented) name, not "vm-" and a number. */
function growToWord(claim: NumberClaim, text: string): { start: number; end: number } {
  let { start, end } = claim;
  while (start > 0 && /[\p{L}\p{N}_/@-]/u.test(text[start - 1]!) && isVisible(text[start - 1]!)) start--;
  while (end < text.length && /[\p{L}\p{N}_/@-]/u.test(text[end]!) && isVisible(text[end]!)) end++;
  return { start, end };
}

function isVisible(character: string): boolean {
  return character < "\ue000" || character > "\uf8ff";
}

function render(
  text: string,
  code: readonly [number, number][],
  replacements: readonly Replacement[],
): string {
  const ordered = [...replacements].sort((a, b) => a.start - b.start);
  // A link inside code would show its brackets: such code is shown as plain words.
  const spans = code.filter(([from, to]) => ordered.every(({ start, end }) => end <= from || start >= to));
  let markdown = "";
  let at = 0;
  const plain = (until: number) => {
    while (at < until) {
      const span = spans.find(([from]) => from >= at && from < until);
      const end = span ? span[0] : until;
      markdown += escapeMarkdown(text.slice(at, end));
      at = end;
      if (span) {
        markdown += `\`${text.slice(span[0], span[1]).replaceAll("`", "'")}\``;
        at = span[1];
      }
    }
  };
  for (const replacement of ordered) {
    if (replacement.start < at) continue;
    plain(replacement.start);
    markdown += replacement.markdown;
    at = replacement.end;
  }
  plain(text.length);
  return markdown;
}

/** Leaves emphasis, lists and tables; takes the meaning from whatever could become a link, an image or HTML. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`[\]<&]|\$(?=\$)|(?<=\$)\$/g, "\\$&")
    .replace(/^( {0,3})(~{3,})/gm, "$1\\$2")
    .replace(/^(?: {4,}|\t)(?![\s*+-]|\d+[.)])/gm, "   ");
}
