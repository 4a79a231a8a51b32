import { writeCostSource } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { Connection, describeConnection } from "./connection-shapes.ts";
import { BlobContainer, BlobPrefix, type CostSource, StorageAccount } from "./cost-source.ts";
import { requireConnection } from "./require-connection.ts";
import { requirePasswordAdmin } from "./require-password-admin.ts";

export default defineOperation({
  name: "set_cost_source",
  title: "Choose where costs come from",
  description:
    "Reads a connection's costs from Cost Management's query API, or from the exports (actual and amortized, or FOCUS) that it writes to a blob container, which its own identity must be allowed to read (Storage Blob Data Reader). A folder of the server can be chosen by its operator only.",
  permission: "connections:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /connections/{id}/cost-source",
  input: z.object({
    id: z.guid(),
    kind: z.enum(["query", "container"]),
    storageAccount: StorageAccount.optional(),
    container: BlobContainer.optional(),
    prefix: BlobPrefix.default("").describe("Directory of the exports in the container"),
  }),
  output: Connection,
  async run(ctx, { id, kind, storageAccount, container, prefix }) {
    const connection = await requireConnection(ctx, id);
    if (connection.kind === "focus") {
      throw new AppError("unsupported", `${connection.name} holds imported files; it has no other source.`);
    }
    if (connection.kind === "azure") await requirePasswordAdmin(ctx);
    const source: CostSource =
      kind === "query"
        ? { kind }
        : { kind, storageAccount: needed(storageAccount), container: needed(container), prefix };
    await ctx.write((transaction) => writeCostSource(transaction, id, source));
    return describeConnection(await requireConnection(ctx, id), null);
  },
});

function needed(value: string | undefined): string {
  if (value !== undefined) return value;
  throw new AppError("invalid_input", "A blob container needs storageAccount and container.", {
    hint: "Give both, as they are named in Azure.",
  });
}
