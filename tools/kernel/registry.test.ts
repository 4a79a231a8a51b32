import { describe, expect, it } from "vitest";
import { z } from "zod";
import { registry } from "../registry.gen.ts";
import { defineOperation } from "./define-tool.ts";
import { permissions } from "./permissions.ts";
import { createRegistry } from "./registry.ts";

/** Harmless writes that a model may make without a person; each was decided, none by default. */
const writesAllowedToModels: readonly string[] = [];

/** What a model sees at most, so that the list leaves room for the question. About four characters a token. */
const maxTools = 24;
const maxListTokens = 6_000;

const all = [...registry.tools, ...registry.operations];
const schemaOf = (schema: z.ZodObject, io: "input" | "output") => z.toJSONSchema(schema, { io });

/** Every object of a JSON schema, with where it stands. */
function walk(node: unknown, path = "#"): [string, Record<string, unknown>][] {
  if (Array.isArray(node)) return node.flatMap((item, index) => walk(item, `${path}/${index}`));
  if (node === null || typeof node !== "object") return [];
  const object = node as Record<string, unknown>;
  return [[path, object], ...Object.entries(object).flatMap(([key, value]) => walk(value, `${path}/${key}`))];
}

describe("the registry", () => {
  it("holds the tools that the issue names as a contract", () => {
    const names = registry.tools.map((tool) => tool.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "get_cost_breakdown",
        "get_cost_trend",
        "compare_costs",
        "explain_cost_change",
        "search_resources",
        "list_recommendations",
        "get_savings_total",
        "get_data_freshness",
      ]),
    );
  });

  it("is short enough for a model: under 25 tools and 6,000 tokens", () => {
    expect(registry.tools.length).toBeLessThanOrEqual(maxTools);
    const list = registry.tools.map(({ name, description, input }) => {
      const { $schema: _, ...shown } = schemaOf(input, "input");
      return { name, description, input: shown };
    });
    expect(JSON.stringify(list).length / 4).toBeLessThan(maxListTokens);
  });

  it("refuses two definitions of one name", () => {
    const [first] = registry.operations;
    expect(() => createRegistry([first!, defineOperation({ ...first! })])).toThrow(first!.name);
  });

  describe.each(all.map((definition) => [definition.name, definition] as const))("%s", (name, definition) => {
    it("has a snake_case name, a title and a description that helps to choose it", () => {
      expect(name).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
      expect(definition.title.length).toBeGreaterThan(2);
      expect(definition.description.length).toBeGreaterThanOrEqual(20);
      expect(definition.description.length).toBeLessThanOrEqual(400);
      expect(permissions).toContain(definition.permission);
    });

    it("has schemas that every face can show: objects at the root, JSON all through", () => {
      for (const io of ["input", "output"] as const) {
        const schema = schemaOf(definition[io], io);
        expect(schema.type).toBe("object");
        for (const combination of ["anyOf", "oneOf", "allOf"]) expect(schema).not.toHaveProperty(combination);
        // Dates, bigints and transforms throw in toJSONSchema; "anything" would leave a caller to guess.
        const vague = walk(schema).filter(
          ([path, node]) => /\/properties\/[^/]+$|\/items$/.test(path) && Object.keys(node).length === 0,
        );
        expect(vague.map(([path]) => `${io} ${path}`)).toEqual([]);
      }
    });
  });

  describe.each(registry.tools.map((tool) => [tool.name, tool] as const))("tool %s", (name, tool) => {
    it("teaches by at least three examples", () => {
      expect(tool.examples.length).toBeGreaterThanOrEqual(3);
      expect(new Set(tool.examples.map((example) => example.toLowerCase())).size).toBe(tool.examples.length);
    });

    it("reads or proposes; a write needs a decision", () => {
      if (tool.effect === "write") expect(writesAllowedToModels).toContain(name);
    });

    it("asks a model for no map with names of its own: strict schemas know every field beforehand", () => {
      const maps = walk(schemaOf(tool.input, "input")).filter(
        ([, node]) => typeof node.additionalProperties === "object" || "propertyNames" in node,
      );
      expect(maps.map(([path]) => path)).toEqual([]);
    });

    it("asks a model for no choice between shapes", () => {
      const unions = walk(schemaOf(tool.input, "input")).filter(([, node]) => {
        const choices = (node.anyOf ?? node.oneOf) as { type?: string }[] | undefined;
        return choices?.some((choice) => choice.type !== "null") && choices.length > 2;
      });
      expect(unions.map(([path]) => path)).toEqual([]);
    });
  });
});
