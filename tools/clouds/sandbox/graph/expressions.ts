import { invalidQuery, type TokenReader } from "./tokens.ts";

export type Row = Record<string, unknown>;
export type Value = (row: Row) => unknown;

const comparisons: Record<string, (left: unknown, right: unknown) => boolean> = {
  "==": (left, right) => same(left, right),
  "!=": (left, right) => !same(left, right),
  "=~": (left, right) => lower(left) === lower(right),
  "!~": (left, right) => lower(left) !== lower(right),
  "<": (left, right) => Number(left) < Number(right),
  ">": (left, right) => Number(left) > Number(right),
  "<=": (left, right) => Number(left) <= Number(right),
  ">=": (left, right) => Number(left) >= Number(right),
  contains: (left, right) => lower(left).includes(lower(right)),
  "!contains": (left, right) => !lower(left).includes(lower(right)),
  has: (left, right) =>
    lower(left)
      .split(/[^\p{L}\p{N}]+/u)
      .includes(lower(right)),
  startswith: (left, right) => lower(left).startsWith(lower(right)),
  endswith: (left, right) => lower(left).endsWith(lower(right)),
};

/** One-argument functions; their names are no part of a column's name. */
export const functions: Record<string, (value: unknown) => unknown> = {
  tolower: (value) => lower(value),
  toupper: (value) => text(value).toUpperCase(),
  tostring: (value) => text(value),
  toint: (value) => Math.trunc(Number(value)),
  todouble: (value) => Number(value),
  todatetime: (value) => toDate(value),
  isempty: (value) => text(value) === "",
  isnotempty: (value) => text(value) !== "",
  isnull: (value) => value === null || value === undefined,
  isnotnull: (value) => value !== null && value !== undefined,
  not: (value) => value !== true,
};

/** Parses `a == 'x' and (b in~ ('y') or isempty(c))` and the like into a function of a row. */
export function parseExpression(reader: TokenReader): Value {
  let left = parseAnd(reader);
  while (reader.accept("or")) {
    const [first, second] = [left, parseAnd(reader)];
    left = (row) => first(row) === true || second(row) === true;
  }
  return left;
}

function parseAnd(reader: TokenReader): Value {
  let left = parseComparison(reader);
  while (reader.accept("and")) {
    const [first, second] = [left, parseComparison(reader)];
    left = (row) => first(row) === true && second(row) === true;
  }
  return left;
}

function parseComparison(reader: TokenReader): Value {
  const left = parseOperand(reader);
  const operator = reader.peek()?.text.toLowerCase() ?? "";
  if (reader.peek()?.kind === "string") return left;
  if (/^!?in~?$/.test(operator)) {
    reader.next();
    return parseMembership(reader, left, operator);
  }
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (!compare) return left;
  reader.next();
  const right = parseOperand(reader);
  return (row) => compare(left(row), right(row));
}

function parseMembership(reader: TokenReader, left: Value, operator: string): Value {
  reader.expect("(");
  const values: Value[] = [];
  const texts = new Set<string>();
  do {
    const token = reader.peek();
    if (token?.kind === "string") texts.add(token.text.toLowerCase());
    values.push(parseOperand(reader));
  } while (reader.accept(","));
  reader.expect(")");
  const wanted = !operator.startsWith("!");
  // Hundreds of ids against every row: one look-up each instead of a comparison with all of them.
  if (operator.endsWith("~") && texts.size === values.length) {
    return (row) => texts.has(lower(left(row))) === wanted;
  }
  const equals = operator.endsWith("~") ? comparisons["=~"]! : comparisons["=="]!;
  return (row) => values.some((value) => equals(left(row), value(row))) === wanted;
}

function parseOperand(reader: TokenReader): Value {
  if (reader.accept("(")) {
    const inner = parseExpression(reader);
    reader.expect(")");
    return inner;
  }
  const token = reader.next();
  if (token.kind === "string") return () => token.text;
  if (token.kind === "number") return () => Number(token.text);
  if (token.kind !== "word") throw invalidQuery(`ParserFailure at '${token.text}'.`);
  const name = token.text;
  if (/^(true|false)$/i.test(name)) return () => name.toLowerCase() === "true";
  if (reader.accept("(")) {
    const call = Object.hasOwn(functions, name.toLowerCase()) ? functions[name.toLowerCase()] : undefined;
    if (!call) throw invalidQuery(`Unknown function '${name}'.`);
    const argument = parseExpression(reader);
    reader.expect(")");
    return (row) => call(argument(row));
  }
  return parsePath(reader, name);
}

function parsePath(reader: TokenReader, column: string): Value {
  const steps: string[] = [];
  for (;;) {
    if (reader.accept(".")) steps.push(reader.word());
    else if (reader.accept("[")) {
      steps.push(reader.next().text);
      reader.expect("]");
    } else break;
  }
  return (row) => {
    if (!(column in row))
      throw invalidQuery(
        `'where' operator: Failed to resolve column or scalar expression named '${column}'.`,
      );
    let value: unknown = row[column];
    for (const step of steps) {
      value = typeof value === "object" && value !== null ? (value as Row)[step] : undefined;
    }
    return value ?? null;
  };
}

/** A moment, or null for what is none, as Kusto has it. */
function toDate(value: unknown): Date | null {
  const date = new Date(text(value));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A value as text: empty for null, JSON for objects. */
export function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function lower(value: unknown): string {
  return text(value).toLowerCase();
}

function same(left: unknown, right: unknown): boolean {
  return typeof left === typeof right ? left === right : text(left) === text(right);
}
