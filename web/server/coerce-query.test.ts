import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
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

  test("refuses a name that the schema does not have, and says which it has", () => {
    for (const query of [
      "topn=5",
      "period[words]=x",
      "period.wrds=x",
      "name.first=x",
      "perid.words=last month",
    ]) {
      const name = query.split("=")[0]!;
      expect(() => coerce(query), query).toThrow(`There is no query parameter "${name}" here.`);
    }
    expect(hintOf(() => coerce("topn=5"))).toContain("topN, all, name, regions, filters, period");
    expect(() => coerceQuery(schema, new URLSearchParams("name=a"), ["name"])).toThrow('parameter "name"');
  });

  test("refuses a name given twice unless it is a list", () => {
    expect(() => coerce("name=a&name=b")).toThrow('"name" is given more than once');
    expect(() => coerce('period={"words":"Q3"}&period.words=Q2')).toThrow(
      '"period.words" is given more than once',
    );
    expect(coerce("regions=a&regions=b")).toEqual({ regions: ["a", "b"] });
  });

  test("takes no path into the prototype", () => {
    for (const name of [
      "__proto__.polluted",
      "constructor.prototype.polluted",
      "period.__proto__.polluted",
    ]) {
      expect(() => coerce(`${name}=1`)).toThrow("no query parameter");
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

function hintOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return AppError.from(error).hint;
  }
  return undefined;
}
