import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { findResourceDetails, type ResourceDetails } from "@cloudoptima/db/queries/resource-details.ts";
import { z } from "zod";
import { AppError } from "../kernel/errors.ts";

/** The provider's full id; in an address its slashes are written %2F. */
export const ResourceId = z.string().min(1).max(1024).describe("The full resource id, without case");

/** The resource of this id, or not_found: the same for one that does not exist and one of somebody else. */
export async function requireResource(transaction: TenantTransaction, id: string): Promise<ResourceDetails> {
  const found = await findResourceDetails(transaction, id);
  if (found) return found;
  throw new AppError("not_found", "There is no resource with this id.", {
    hint: "Give the full id as GET /resources shows it; in an address each slash is written %2F.",
  });
}
