import { adminHasPassword } from "@cloudoptima/db/queries/connection-credentials.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

/**
 * Connecting something real ends the demo's sign-in: a person of the demo may do it only where an admin can still
 * come in with a password afterwards. Throws conflict otherwise.
 */
export async function requirePasswordAdmin(ctx: WriteContext): Promise<void> {
  if (!ctx.actor.demo || (await ctx.read(adminHasPassword))) return;
  throw new AppError(
    "conflict",
    `No admin of ${ctx.actor.organizationName} has a password: once a real cloud is connected the demo's sign-in ends, and nobody could come in.`,
    {
      hint: "Start CloudOptima with CLOUDOPTIMA_DEMO=0 and open the set-up link that it prints: it makes the first admin of your own organization. Connect there.",
    },
  );
}
