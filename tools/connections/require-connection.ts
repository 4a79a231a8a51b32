import { type ConnectionRow, findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { ReadContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

/** The connection of the actor's own organization; another's is as absent as one that never was. */
export async function requireConnection(ctx: Pick<ReadContext, "read">, id: string): Promise<ConnectionRow> {
  const connection = await ctx.read((transaction) => findConnection(transaction, id));
  if (connection) return connection;
  throw new AppError("not_found", "There is no connection with this id.", {
    hint: "List them: GET /connections.",
  });
}
