import { readInstallation } from "@cloudoptima/db/queries/installation.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";

const Installation = z.object({
  version: z.string(),
  sizeBytes: z.number().int(),
  extensions: z.array(
    z.object({ name: z.string(), installed: z.string().nullable(), available: z.string().nullable() }),
  ),
  costRowCount: z.number().int().describe("Of this organization"),
  pricesReadAt: z.string().nullable().describe("ISO time; the oldest retail price in use"),
  businessNow: z.string().describe("ISO time that periods follow"),
  realNow: z.string().describe("ISO time of the process that has the data"),
  databaseNow: z.string().describe("ISO time of the database"),
});
export type Installation = z.infer<typeof Installation>;

export default defineOperation({
  name: "inspect_installation",
  title: "Inspect the installation",
  description:
    "What the database is and offers (version, size, extensions), and how the clocks stand; for the doctor and for support.",
  permission: "settings:manage",
  effect: "read",
  rest: "GET /installation",
  input: z.object({}),
  output: Installation,
  async run(ctx) {
    const { databaseNow, pricesReadAt, ...facts } = await ctx.read(readInstallation);
    return {
      ...facts,
      pricesReadAt: pricesReadAt?.toISOString() ?? null,
      databaseNow: databaseNow.toISOString(),
      businessNow: ctx.now().toString(),
      realNow: ctx.realNow().toISOString(),
    };
  },
});
