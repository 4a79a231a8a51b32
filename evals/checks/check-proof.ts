import type { Answer, Figure } from "@cloudoptima/agent/answer.ts";
import { decimal, type ExactDecimal } from "@cloudoptima/tools/kernel/money.ts";
import { readPointer } from "./read-pointer.ts";

/** Every figure: it stands in the answer, its sources exist, its formula gives its value, its text rounds it honestly. */
export function checkProof(answer: Answer): string[] {
  const problems = answer.figures.flatMap((figure) => figureProblems(figure, answer));
  if (/\[unproven/i.test(answer.answer)) problems.push("the answer holds an unproven figure");
  return problems;
}

function figureProblems(figure: Figure, answer: Answer): string[] {
  const name = `figure "${figure.text}"`;
  const problems: string[] = [];
  if (!answer.answer.includes(figure.text)) problems.push(`${name} does not stand in the answer`);
  const values = figure.sources.map(({ call, pointer }) =>
    readPointer(answer.toolCalls[call]?.output, pointer),
  );
  if (values.length === 0 || values.some((value) => !isNumber(value))) {
    return [...problems, `${name} has a source that is no number: ${JSON.stringify(figure.sources)}`];
  }
  const candidates = computed(
    figure,
    values.map((value) => decimal(String(value))),
  );
  const value = decimal(figure.value);
  if (!candidates.some((candidate) => near(candidate, value))) {
    problems.push(`${name} (${figure.value}) is not the ${figure.formula} of ${values.join(", ")}`);
  }
  const shown = shownNumber(figure);
  if (shown?.number.abs().minus(value.abs()).abs().greaterThan(shown.tolerance)) {
    problems.push(`${name} does not round ${figure.value}`);
  }
  return problems;
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
}

/** What the formula may give; ratios are told as 0..1 or as percent, differences either way round. */
function computed(figure: Figure, values: ExactDecimal[]): ExactDecimal[] {
  const [first, second] = values;
  if (!first) return [];
  if (figure.formula === "identity") return [first];
  if (figure.formula === "percent") return [first.times(100)];
  if (figure.formula === "sum") return [values.reduce((sum, value) => sum.plus(value))];
  if (figure.formula === "mean")
    return [values.reduce((sum, value) => sum.plus(value)).dividedBy(values.length)];
  if (figure.formula === "count") return [decimal(values.length)];
  if (!second) return [];
  if (figure.formula === "difference") return [first.minus(second), second.minus(first)];
  const parts: ExactDecimal[] = [];
  const change = figure.formula === "percent_change";
  for (const [part, whole] of [
    [first, second],
    [second, first],
  ] as const) {
    if (whole.isZero()) continue;
    const ratio = (change ? part.minus(whole) : part).dividedBy(whole.abs());
    parts.push(ratio, ratio.times(100));
  }
  return parts;
}

function near(left: ExactDecimal, right: ExactDecimal): boolean {
  return left.abs().minus(right.abs()).abs().lessThanOrEqualTo("0.0001");
}

const bytesUnit = /\d\s*([KMGTP])iB/;

/** "$110.2 k" is 110200 give or take half of its last digit; "9.5 GiB" of bytes is as many times 1024 three times. */
function shownNumber({ text, unit }: Figure): { number: ExactDecimal; tolerance: ExactDecimal } | null {
  const match = /(\d[\d,]*)(\.\d+)?\s*(?:(k|K|m|M|bn)(?![a-z]))?/.exec(text);
  if (!match) return null;
  const digits = `${match[1]?.replaceAll(",", "")}${match[2] ?? ""}`;
  const decimals = (match[2]?.length ?? 1) - 1;
  const scale = { k: 3, m: 6, bn: 9 }[(match[3] ?? "").toLowerCase()] ?? 0;
  const binary = unit === "bytes" ? "_KMGTP".indexOf(bytesUnit.exec(text)?.[1] ?? "_") : 0;
  const factor = decimal(10).pow(scale).times(decimal(1024).pow(binary));
  return {
    number: decimal(digits).times(factor),
    tolerance: decimal("0.5000001").times(decimal(10).pow(-decimals)).times(factor),
  };
}
