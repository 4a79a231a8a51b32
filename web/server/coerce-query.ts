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
 * What does not fit stays a string, so that the schema's own message reaches the caller.
 */
export function coerceQuery(schema: z.ZodType, query: URLSearchParams): Record<string, unknown> {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const input: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const path = name.split(".");
    if (path.some((step) => ["__proto__", "constructor", "prototype"].includes(step))) continue;
    let target = input;
    let at: JsonSchema | undefined = root;
    for (const step of path.slice(0, -1)) {
      at = property(at, step);
      const next = target[step];
      const child = (typeof next === "object" && next !== null ? next : {}) as Record<string, unknown>;
      target[step] = child;
      target = child;
    }
    const last = path.at(-1)!;
    target[last] = coerceValues(property(at, last), query.getAll(name));
  }
  return input;
}

function property(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  return schema?.properties?.[name] ?? schema?.anyOf?.map((option) => property(option, name)).find(Boolean);
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
