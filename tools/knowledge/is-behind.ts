import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { knowsVectors, listDocuments, passagesToEmbed } from "@cloudoptima/db/queries/knowledge.ts";
import { guidanceByHash } from "./guidance.ts";

/** Whether an organization's knowledge waits for a refresh; `model` is what embeds, if anything does. */
export async function isBehind(transaction: TenantTransaction, model: string | undefined): Promise<boolean> {
  const known = await listDocuments(transaction, "guidance");
  if (known.length !== guidanceByHash.size) return true;
  if (known.some(({ contentHash }) => !guidanceByHash.has(contentHash))) return true;
  if (model === undefined || !(await knowsVectors(transaction))) return false;
  return (await passagesToEmbed(transaction, model, 1)).length > 0;
}
