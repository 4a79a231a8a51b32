import { findNamedResources, type NamedResource } from "@cloudoptima/db/queries/planned-resources.ts";
import type { ReadContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

/**
 * The resources that somebody named by full id or by name, each once. A name that several carry is refused with
 * the ids to choose from: a change must never hit the namesake.
 */
export async function resolveResources(
  ctx: ReadContext,
  named: readonly string[],
  resourceType: string | null,
): Promise<NamedResource[]> {
  const found = new Map<string, NamedResource>();
  await ctx.read(async (transaction) => {
    for (const name of named) {
      const all = await findNamedResources(transaction, name);
      const fitting = resourceType === null ? all : all.filter(({ type }) => type === resourceType);
      const [only, ...others] = fitting;
      if (!only) throw absent(name, all, resourceType);
      if (others.length > 0) {
        throw new AppError("invalid_input", `Several resources are named "${name}".`, {
          hint: `Give the full id of the one you mean: ${fitting.map(({ id }) => id).join(", ")}`,
        });
      }
      found.set(only.id, only);
    }
  });
  return [...found.values()];
}

function absent(name: string, all: readonly NamedResource[], resourceType: string | null): AppError {
  const other = all[0];
  if (other) {
    return new AppError("invalid_input", `"${name}" is a ${other.type}, not a ${resourceType}.`, {
      hint: "This change is for another type of resource.",
    });
  }
  return new AppError("not_found", `There is no resource "${name}" in the inventory.`, {
    hint: "Search for it first (search_resources); a resource made since the last scan needs a new one.",
  });
}
