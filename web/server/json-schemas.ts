import { z } from "zod";

type JsonObject = Record<string, unknown>;

/**
 * The JSON schemas of one document. What a schema refers to inside itself (it is recursive) moves to the document's
 * components: "#" means the document there, no longer the schema.
 */
export function createSchemas() {
  const components: Record<string, JsonObject> = {};
  return {
    components,
    of(name: string, schema: z.ZodType, io: "input" | "output"): JsonObject {
      const { $schema: _dialect, $defs = {}, ...own } = z.toJSONSchema(schema, { io }) as JsonObject;
      const prefix = `${name}_${io}_`;
      const moved = (node: unknown): unknown => {
        if (Array.isArray(node)) return node.map(moved);
        if (typeof node !== "object" || node === null) return node;
        return Object.fromEntries(
          Object.entries(node).map(([key, value]) => [
            key,
            key === "$ref" && typeof value === "string"
              ? value.replace(/^#\/\$defs\//, `#/components/schemas/${prefix}`)
              : moved(value),
          ]),
        );
      };
      for (const [key, definition] of Object.entries($defs as JsonObject)) {
        components[prefix + key] = moved(definition) as JsonObject;
      }
      return moved(own) as JsonObject;
    },
  };
}
