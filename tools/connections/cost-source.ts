import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { AppError } from "../kernel/errors.ts";

/** 3 to 24 lower-case letters and digits: it becomes the first label of a host name, so nothing else may pass. */
export const StorageAccount = z
  .string()
  .regex(/^[a-z0-9]{3,24}$/, "must be the name of a storage account (3 to 24 lower-case letters and digits)");
export const BlobContainer = z
  .string()
  .regex(/^[a-z0-9](?:-?[a-z0-9]){2,62}$/, "must be the name of a blob container");
export const BlobPrefix = z
  .string()
  .max(500)
  .regex(/^(?!\/)[^\\\0]*$/, "must be the exports' directory in the container, without a leading slash");

/** Where a connection's costs come from. */
export const CostSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("query") }),
  z.object({ kind: z.literal("folder"), folder: z.string().min(1).max(500) }),
  z.object({
    kind: z.literal("container"),
    storageAccount: StorageAccount,
    container: BlobContainer,
    prefix: BlobPrefix,
  }),
]);
export type CostSource = z.infer<typeof CostSource>;

/** The connection's cost source; the cloud's query API where nothing else was chosen. */
export function costSourceOf({ name, settings }: Pick<ConnectionRow, "name" | "settings">): CostSource {
  if (settings.costSource === undefined) return { kind: "query" };
  const parsed = CostSource.safeParse(settings.costSource);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", `The cost source of ${name} cannot be read.`, {
    hint: "Choose it again on the Connections page.",
    cause: parsed.error,
  });
}
