import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { findNamedResources } from "@cloudoptima/db/queries/planned-resources.ts";
import { findResourceDetails, type ResourceDetails } from "@cloudoptima/db/queries/resource-details.ts";
import { z } from "zod";
import { AppError } from "../kernel/errors.ts";

export const ResourceNameOrId = z.string().min(1).max(1024).describe("The resource's name or full id");

/** The one resource that somebody named, of the inventory or else of the bill; several of a name are asked back. */
export async function findOneResource(
  transaction: TenantTransaction,
  named: string,
): Promise<ResourceDetails> {
  const [first, ...others] = await findNamedResources(transaction, named);
  if (others.length > 0) {
    const all = [first!, ...others];
    throw new AppError(
      "invalid_input",
      `Several resources are named "${first!.name}": ${all.slice(0, 5).map(place).join(", ")}.`,
      {
        hint: `Give the full id of one: ${all
          .slice(0, 5)
          .map(({ id }) => id)
          .join(", ")}`,
      },
    );
  }
  // Gone ones, and those that only the bill knows, are found by their id.
  const found = await findResourceDetails(transaction, first?.id ?? named);
  if (found) return found;
  throw new AppError("not_found", "The inventory has no resource of this name or id.", {
    hint: "Search for a part of its name, or scan the clouds again.",
  });
}

/** "orders of sql-dev in rg-dev": what tells two of a name apart. */
function place({ id, name }: { id: string; name: string }): string {
  const [, group, parent] =
    /\/resourcegroups\/([^/]+)\/providers\/(?:.+\/([^/]+)\/[^/]+\/[^/]+$)?/.exec(id) ?? [];
  return `${name}${parent?.includes(".") === false ? ` of ${parent}` : ""}${group ? ` in ${group}` : ""}`;
}
