import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { z } from "zod";

type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/**
 * The query string of a REST call as the input that its schema describes: "5" becomes 5 only where a number is
 * wanted, `a.b=1` fills objects, repeated or comma-separated names fill arrays, JSON is taken for objects.
 * What does not fit stays a string, so that the schema's own message reaches the caller. A name that the schema
 * does not have, or one given twice, is invalid_input: left out in silence it would answer another question.
 * `elsewhere` are the names that the path or the body gives.
 */
export function coerceQuery(
  schema: z.ZodType,
  query: URLSearchParams,
  elsewhere: readonly string[] = [],
): Record<string, unknown> {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const known = Object.keys(root.properties ?? {}).filter((name) => !elsewhere.includes(name));
  const input: Record<string, unknown> = {};
  const given = [...new Set(query.keys())];
  for (const name of given) {
    const path = name.split(".");
    const at = known.includes(path[0]!) ? path.reduce<JsonSchema | undefined>(property, root) : undefined;
    if (!at) throw unknownParameter(name, known);
    const values = query.getAll(name);
    const isTwice = values.length > 1 && !types(at).includes("array");
    if (isTwice || given.some((other) => name.startsWith(`${other}.`))) throw givenTwice(name, known);
    let target = input;
    for (const step of path.slice(0, -1)) {
      const child = (target[step] ?? {}) as Record<string, unknown>;
      target[step] = child;
      target = child;
    }
    target[path.at(-1)!] = coerceValues(at, values);
  }
  return input;
}

function unknownParameter(name: string, known: readonly string[]): AppError {
  return new AppError("invalid_input", `There is no query parameter "${name}" here.`, {
    hint:
      known.length > 0
        ? `Known are: ${known.join(", ")}; a field of an object is written with a dot, such as period.words.`
        : "This address takes none.",
  });
}

function givenTwice(name: string, known: readonly string[]): AppError {
  return new AppError("invalid_input", `The query parameter "${name}" is given more than once.`, {
    hint: `Give it once. Known are: ${known.join(", ")}.`,
  });
}

function property(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const own =
    schema?.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  return own ?? schema?.anyOf?.map((option) => property(option, name)).find(Boolean);
}

function types(schema: JsonSchema | undefined): string[] {
  if (!schema) return [];
  return [schema.type ?? [], ...(schema.anyOf ?? []).map(types)].flat();
}

function coerceValues(schema: JsonSchema | undefined, values: string[]): unknown {
  if (types(schema).includes("array")) {
    const items = schema?.items ?? schema?.anyOf?.find((option) => option.items)?.items;
    if (values.length === 1 && values[0]!.startsWith("[")) return parseJson(values[0]!);
    const split = types(items).includes("object") ? values : values.flatMap((value) => value.split(","));
    return split.map((value) => coerceValue(items, value));
  }
  return coerceValue(schema, values.at(-1)!);
}

function coerceValue(schema: JsonSchema | undefined, value: string): unknown {
  const wanted = types(schema);
  if ((wanted.includes("integer") || wanted.includes("number")) && /^-?\d+(\.\d+)?$/.test(value)) {
    return Number(value);
  }
  if (wanted.includes("boolean") && (value === "true" || value === "false")) return value === "true";
  if (wanted.includes("null") && value === "null" && !wanted.includes("string")) return null;
  if (wanted.includes("object") && value.startsWith("{")) return parseJson(value);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
