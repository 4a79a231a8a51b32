import { z } from "zod";
import { AppError } from "../../../kernel/errors.ts";

/** One place to ask how a change goes. */
const Poll = z.object({
  /** status: an Azure-AsyncOperation; location: a Location, 202 until done; resource: its provisioning state. */
  kind: z.enum(["status", "location", "resource"]),
  // No origin is kept, so nothing that is stored can lead our token to another server.
  path: z.string().regex(/^\/(?!\/)[^\\\s#]*$/),
});
export type Poll = z.infer<typeof Poll>;

const Operation = z.object({ version: z.literal(1), polls: z.array(Poll).min(1).max(4) });

/** What a change needs to be asked about, as one string that another process can read; null: nothing is left. */
export function formatOperation(polls: readonly Poll[]): string | null {
  return polls.length === 0 ? null : JSON.stringify({ version: 1, polls });
}

export function parseOperation(operation: string): Poll[] {
  let json: unknown;
  try {
    json = JSON.parse(operation);
  } catch {
    json = null;
  }
  const parsed = Operation.safeParse(json);
  if (!parsed.success) {
    throw new AppError("invalid_input", "This is no operation that we submitted to Azure.", {
      hint: "Look at the resource itself to see whether the change happened.",
    });
  }
  return parsed.data.polls;
}
