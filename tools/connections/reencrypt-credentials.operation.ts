import { readCredentials, replaceCredentials } from "@cloudoptima/db/queries/connection-credentials.ts";
import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { personalWays } from "../kernel/actor.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "reencrypt_credentials",
  title: "Encrypt credentials anew",
  description:
    "Encrypts the stored credentials of the organization's connections under the key that writes now, one small transaction each, while everything runs. What is under that key already stays as it is.",
  permission: "connections:manage",
  effect: "write",
  rest: "POST /connections/reencrypt",
  input: z.object({}),
  output: z.object({
    reencryptedCount: z.number().int(),
    unchangedCount: z.number().int(),
    failures: z.array(
      z.object({ connectionName: z.string(), message: z.string(), hint: z.string().nullable() }),
    ),
  }),
  async run(ctx) {
    if (ctx.actor.via !== "local" && !personalWays.has(ctx.actor.via)) {
      throw new AppError("forbidden", "Credentials are encrypted anew by a person or at the machine itself.");
    }
    const outcome = { reencryptedCount: 0, unchangedCount: 0 };
    const failures: { connectionName: string; message: string; hint: string | null }[] = [];
    for (const { id, name } of await ctx.read(listConnections)) {
      const former = await ctx.read((transaction) => readCredentials(transaction, id));
      if (former === null) continue;
      try {
        const next = await ctx.credentials.reseal(id, former);
        // Where a person entered other credentials meanwhile, those are under the new key already.
        const replaced =
          next !== null &&
          (await ctx.write((transaction) => replaceCredentials(transaction, id, { former, next })));
        if (replaced) outcome.reencryptedCount++;
        else outcome.unchangedCount++;
      } catch (error) {
        const { message, hint } = AppError.from(error);
        failures.push({ connectionName: name, message, hint: hint ?? null });
      }
    }
    return { ...outcome, failures };
  },
});
