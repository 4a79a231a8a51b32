import { functions, parseExpression, type Row, text, type Value } from "./expressions.ts";
import { invalidQuery, type Token, TokenReader, tokenize } from "./tokens.ts";

export interface GraphResult {
  rows: Row[];
  /** False after take, limit or a query without `id`: Azure gives no skip token then. */
  pageable: boolean;
}

type Step = (rows: Row[]) => Row[];

/** Runs the part of Kusto that inventory queries use; everything else is refused as Azure refuses a bad query. */
export function runGraphQuery(query: string, tables: Record<string, () => Row[]>): GraphResult {
  const [source, ...operators] = splitPipes(tokenize(query));
  const reader = new TokenReader(source ?? []);
  const table = tables[reader.word().toLowerCase()];
  if (!table || reader.peek()) throw invalidQuery("Table is not known.");
  let limited = false;
  let rows = table();
  for (const tokens of operators) {
    const operator = new TokenReader(tokens);
    const name = operator.word().toLowerCase();
    if (["take", "limit", "top", "count", "summarize", "distinct"].includes(name)) limited = true;
    const step = parseOperator(name, operator);
    if (operator.peek()) throw invalidQuery(`ParserFailure at '${operator.peek()!.text}'.`);
    rows = step(rows);
  }
  const first = rows[0];
  return { rows, pageable: !limited && (first === undefined || "id" in first) };
}

function parseOperator(name: string, reader: TokenReader): Step {
  switch (name) {
    case "where": {
      const test = parseExpression(reader);
      return (rows) => rows.filter((row) => test(row) === true);
    }
    case "project": {
      const columns = parseColumns(reader);
      return (rows) =>
        rows.map((row) => Object.fromEntries(columns.map(([key, value]) => [key, value(row)])));
    }
    case "extend": {
      const columns = parseColumns(reader);
      return (rows) =>
        rows.map((row) => ({
          ...row,
          ...Object.fromEntries(columns.map(([key, value]) => [key, value(row)])),
        }));
    }
    case "order":
    case "sort": {
      reader.expect("by");
      return parseOrder(reader);
    }
    case "take":
    case "limit": {
      const count = parseCount(reader);
      return (rows) => rows.slice(0, count);
    }
    case "top": {
      const count = parseCount(reader);
      reader.expect("by");
      const sort = parseOrder(reader);
      return (rows) => sort(rows).slice(0, count);
    }
    case "count":
      return (rows) => [{ Count: rows.length }];
    case "distinct": {
      const columns = parseColumns(reader);
      return (rows) => groups(rows, columns).map(({ key }) => key);
    }
    case "summarize": {
      const alias = parseCountAggregate(reader);
      const columns = reader.accept("by") ? parseColumns(reader) : [];
      return (rows) => groups(rows, columns).map(({ key, count }) => ({ ...key, [alias]: count }));
    }
    default:
      throw invalidQuery(`Operator '${name}' is not supported.`);
  }
}

/** `name`, `alias = expression`, `properties.a.b` (named properties_a_b), comma separated. */
function parseColumns(reader: TokenReader): [string, Value][] {
  const columns: [string, Value][] = [];
  do {
    const names: string[] = [];
    const recording = recordWords(reader, names);
    const first = parseExpression(recording);
    if (reader.accept("=")) columns.push([names.join("_"), parseExpression(reader)]);
    else columns.push([names.join("_"), first]);
  } while (reader.accept(","));
  return columns;
}

/** Remembers the words an expression is made of: they name its column. */
function recordWords(reader: TokenReader, names: string[]): TokenReader {
  return new Proxy(reader, {
    get(target, property) {
      const member = Reflect.get(target, property);
      if (property === "next" || property === "word") {
        return () => {
          const upcoming = target.peek();
          const isFunction = Object.hasOwn(functions, upcoming?.text.toLowerCase() ?? "");
          if ((upcoming?.kind === "word" && !isFunction) || upcoming?.kind === "string")
            names.push(upcoming.text);
          return member.call(target);
        };
      }
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

function parseOrder(reader: TokenReader): Step {
  const keys: { value: Value; direction: number }[] = [];
  do {
    const value = parseExpression(reader);
    // Kusto sorts descending unless told otherwise.
    const ascending = reader.accept("asc");
    if (!ascending) reader.accept("desc");
    keys.push({ value, direction: ascending ? 1 : -1 });
  } while (reader.accept(","));
  return (rows) =>
    rows.toSorted((a, b) => {
      for (const { value, direction } of keys) {
        const order = compareValues(value(a), value(b));
        if (order !== 0) return order * direction;
      }
      return 0;
    });
}

function compareValues(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [a, b] = [text(left), text(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseCount(reader: TokenReader): number {
  const token = reader.next();
  if (token.kind !== "number") throw invalidQuery(`ParserFailure: expected a number, found '${token.text}'.`);
  return Number(token.text);
}

function parseCountAggregate(reader: TokenReader): string {
  let alias = "count_";
  let name = reader.word();
  if (reader.accept("=")) {
    alias = name;
    name = reader.word();
  }
  if (name.toLowerCase() !== "count") throw invalidQuery(`Aggregate '${name}' is not supported.`);
  reader.expect("(");
  reader.expect(")");
  return alias;
}

function groups(rows: Row[], columns: [string, Value][]): { key: Row; count: number }[] {
  const found = new Map<string, { key: Row; count: number }>();
  for (const row of rows) {
    const key = Object.fromEntries(columns.map(([name, value]) => [name, value(row)]));
    const id = JSON.stringify(key);
    const group = found.get(id);
    if (group) group.count++;
    else found.set(id, { key, count: 1 });
  }
  return [...found.values()];
}

function splitPipes(tokens: Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "symbol" && token.text === "|") parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}
