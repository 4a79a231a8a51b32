import { z } from "zod";
import { Tenant } from "./tenant/tenant-schema.ts";
import { Truth } from "./truth-schema.ts";

/** The JSON Schemas kept beside this file, by name. `npm run sandbox -- schemas` writes them; a test compares. */
export function schemaFiles(): Record<string, string> {
  const text = (schema: z.ZodType) => `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`;
  return { "tenant.schema.json": text(Tenant), "truth.schema.json": text(Truth) };
}
