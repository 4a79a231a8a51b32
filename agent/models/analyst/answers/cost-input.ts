import type { Question } from "../question.ts";

/** What cost tools take, from what the person said; what was left open stays for the tool to choose. */
export function costInput(
  question: Question,
  options: { filters?: Question["filters"] } = {},
): Record<string, unknown> {
  const filters = (options.filters ?? question.filters).map(({ dimension, tagKey, values, exclude }) => ({
    dimension,
    ...(tagKey ? { tagKey } : {}),
    values,
    ...(exclude ? { exclude } : {}),
  }));
  const [first] = question.periods;
  return {
    ...(first ? { period: first.period } : {}),
    ...(question.costKind ? { costKind: question.costKind } : {}),
    ...(filters.length > 0 ? { filters } : {}),
  };
}

export function groupInput(question: Question): Record<string, unknown> {
  const { groupBy } = question;
  if (!groupBy) return {};
  return { groupBy: groupBy.dimension, ...(groupBy.tagKey ? { tagKey: groupBy.tagKey } : {}) };
}

/** The two periods of a comparison: the later first. */
export function comparedInput(question: Question): Record<string, unknown> {
  const [a, b] = question.periods;
  if (!a || !b) return {};
  const [base, current] = a.period.start <= b.period.start ? [a, b] : [b, a];
  return { period: current.period, comparedTo: base.period };
}
