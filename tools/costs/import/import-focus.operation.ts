import { isAbsolute } from "node:path";
import { addConnection, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import type { WriteContext } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { retentionCutoffs } from "../../retention/retention-cutoffs.ts";
import { Day, Decimal } from "../cost-shapes.ts";
import { importFocusFile } from "./import-focus-file.ts";

const DEFAULT_CONNECTION = "FOCUS files";
const Count = z.number().int();
const Currency = z.string().regex(/^[A-Z]{3}$/);

const Total = z.object({
  currency: Currency,
  rowCount: Count,
  billed: Decimal,
  effective: Decimal,
  contracted: Decimal,
  list: Decimal,
  /** What the database stored equals what the file says, to the last decimal; a load that does not is refused. */
  tiesOut: z.literal(true),
});

const Delivery = z.object({
  provider: z.string(),
  billingAccountId: z.string(),
  periodStart: Day,
  periodEnd: Day,
  rowCount: Count,
  outcome: z.enum(["new", "replaced", "unchanged"]),
});

export default defineOperation({
  name: "import_focus",
  title: "Import a FOCUS file",
  description:
    "Loads a FOCUS 1.0 to 1.4 cost file (.csv, .csv.gz, .parquet) of any cloud, or a folder with the parts of one export, from this machine. A billing period that was loaded before is replaced; the same content again changes nothing; a file that is wrong anywhere loads nothing.",
  permission: "costs:import",
  effect: "write",
  input: z.object({
    path: z.string().min(1).describe("Absolute path of the file or folder on this machine"),
    connectionName: z
      .string()
      .min(1)
      .max(100)
      .default(DEFAULT_CONNECTION)
      .describe("Connection that the costs belong to; made when there is none of this name"),
  }),
  output: z.object({
    importId: z.string(),
    file: z.string(),
    connectionName: z.string(),
    rowCount: Count,
    alreadyLoaded: z.boolean(),
    deliveries: z.array(Delivery),
    totals: z.array(Total),
    note: z.string().nullable().describe("What will become of old billing periods"),
  }),
  async run(ctx, input) {
    // A path means a file of this machine: only its operator may name one, never a browser or an API client.
    if (ctx.actor.via !== "local" && ctx.actor.via !== "system") {
      throw new AppError("forbidden", "Files of the server can be imported from its own terminal only.", {
        hint: "Run: npm run cloudoptima -- import focus FILE",
      });
    }
    if (!isAbsolute(input.path)) {
      throw new AppError("invalid_input", `"${input.path}" is not an absolute path.`, {
        hint: "Give the whole path of the file.",
      });
    }
    const result = await importFocusFile(ctx, {
      path: input.path,
      connectionId: () => findOrAddConnection(ctx, input.connectionName),
    });
    return {
      importId: result.importId,
      file: input.path,
      connectionName: input.connectionName,
      rowCount: result.rowCount,
      alreadyLoaded: result.alreadyLoaded,
      deliveries: result.deliveries.map(({ scope, ...delivery }) => delivery),
      totals: result.totals.map((total) => ({ ...total, tiesOut: true as const })),
      note: await noteOnRetention(ctx, result.deliveries),
    };
  },
});

/** That the daily job will remove some of it, where it will: costs that vanish overnight must not surprise anybody. */
async function noteOnRetention(
  ctx: WriteContext,
  deliveries: readonly { periodStart: string; periodEnd: string }[],
): Promise<string | null> {
  const { retention_exempt: keepsAll } = await ctx.read(readOrganization);
  const { costsBefore } = retentionCutoffs(ctx.now(), ctx.realNow());
  const old = deliveries.filter(({ periodEnd }) => periodEnd <= costsBefore);
  if (keepsAll || old.length === 0) return null;
  const newest = old
    .map(({ periodStart }) => periodStart.slice(0, 7))
    .toSorted()
    .at(-1);
  return `Costs are kept for 13 months: the billing periods up to ${newest} will be removed within a day, unless the operator lets this organization keep all its data.`;
}

async function findOrAddConnection(ctx: WriteContext, name: string): Promise<string> {
  return ctx.write(async (transaction) => {
    const id = ctx.newId();
    const added = await addConnection(transaction, {
      id,
      organizationId: ctx.actor.organizationId,
      name,
      kind: "focus",
      provider: "other",
      settings: {},
    });
    if (added) return id;
    const existing = (await listConnections(transaction)).find((connection) => connection.name === name);
    if (existing?.kind === "focus") return existing.id;
    throw new AppError("conflict", `The connection "${name}" is not one for FOCUS files.`, {
      hint: "Choose another name with --connection.",
    });
  });
}
