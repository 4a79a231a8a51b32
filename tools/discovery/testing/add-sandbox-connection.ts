import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import type { WriteContext } from "../../kernel/context.ts";

/** A connection to the sandbox that was never scanned, of the context's organization; returns its id. */
export async function addSandboxConnection(ctx: WriteContext, name = "Sandbox"): Promise<string> {
  const id = ctx.newId();
  const { organizationId } = ctx.actor;
  await ctx.write((transaction) =>
    addConnection(transaction, {
      id,
      organizationId,
      name,
      kind: "sandbox",
      provider: "azure",
      settings: {},
    }),
  );
  return id;
}
