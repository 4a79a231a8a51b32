import { describe, expect, test } from "vitest";
import { z } from "zod";
import { coerceQuery } from "./coerce-query.ts";

const schema = z.object({
  topN: z.number().int().optional(),
  all: z.boolean().optional(),
  name: z.string().optional(),
  regions: z.array(z.string()).optional(),
  filters: z.array(z.object({ dimension: z.string(), values: z.array(z.string()) })).optional(),
  period: z.object({ words: z.string().optional(), start: z.string().optional() }).optional(),
});
const coerce = (query: string) => coerceQuery(schema, new URLSearchParams(query));

describe("coerceQuery", () => {
  test("makes numbers and booleans only where the schema wants them", () => {
    expect(coerce("topN=5&all=false&name=5")).toEqual({ topN: 5, all: false, name: "5" });
  });

  test("leaves what does not fit, so that the schema explains it", () => {
    expect(coerce("topN=five&all=no")).toEqual({ topN: "five", all: "no" });
  });

  test("fills objects by dots and by JSON, arrays by commas, repetition and JSON", () => {
    expect(coerce("period.words=last+month")).toEqual({ period: { words: "last month" } });
    expect(coerce('period={"words":"Q3"}')).toEqual({ period: { words: "Q3" } });
    expect(coerce("regions=a,b&regions=c")).toEqual({ regions: ["a", "b", "c"] });
    expect(coerce('filters=[{"dimension":"region","values":["a"]}]')).toEqual({
      filters: [{ dimension: "region", values: ["a"] }],
    });
  });

  test("takes no path into the prototype", () => {
    expect(coerce("__proto__.polluted=1&constructor.prototype.polluted=1")).toEqual({});
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
