import type { FigureSource } from "../answer.ts";
import type { TurnCall } from "../turn-ledger.ts";

// How a cost is cut up and how much of it is shown changes nothing about which cost it is.
const presentation = new Set(["groupBy", "tagKey", "top", "limit", "period", "costKind"]);
const whole = /^\/(?:[a-z]\w*\/)?total\w*(?:\/|$)/i;

/**
 * Whether a sum would hold the same money twice: a field named twice (also of a call made twice), a total beside
 * parts of it, a row beside its own parts, charges told apart beside the rows they lie in, or two cuts of one cost.
 */
export function countsTwice(sources: readonly FigureSource[], calls: readonly TurnCall[]): boolean {
  const parts = sources.map(({ call, pointer }) => ({
    call,
    scope: scopeOf(calls[call], call),
    pointer: pointer.replace(/\/value$/, ""),
  }));
  return parts.some((a, index) =>
    parts.slice(index + 1).some((b) => a.scope === b.scope && (a.call !== b.call || overlaps(a, b))),
  );
}

function overlaps(a: { pointer: string }, b: { pointer: string }): boolean {
  if (a.pointer === b.pointer) return true;
  if (whole.test(a.pointer) !== whole.test(b.pointer)) return true;
  if (a.pointer.startsWith("/apart/") !== b.pointer.startsWith("/apart/")) return true;
  const [outer, inner] = [rowOf(a.pointer), rowOf(b.pointer)].sort((x, y) => x.length - y.length);
  return outer !== "" && inner!.startsWith(`${outer}/`);
}

/** The row that a field lies in: "/rows/0" of "/rows/0/amount". */
function rowOf(pointer: string): string {
  const parent = pointer.slice(0, pointer.lastIndexOf("/"));
  return /\/\d+$/.test(parent) ? parent : "";
}

function scopeOf(call: TurnCall | undefined, index: number): string {
  const { input, output } = { input: asRecord(call?.input), output: asRecord(call?.output) };
  if (!call || !output) return String(index);
  const kept = Object.entries(input ?? {}).filter(([key]) => !presentation.has(key));
  // What the tool chose itself stands in its output; what it doesn't tell, in the input.
  const told = [output.period ?? input?.period ?? null, output.costKind ?? input?.costKind ?? null];
  return JSON.stringify([call.name, kept.sort(), told]);
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
