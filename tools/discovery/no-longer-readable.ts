import { AppError } from "../kernel/errors.ts";

const mostGroups = 5;

/** What a scan says of resources that are known and can no longer be read, none of them or (`all`) nothing else; null for none. */
export function noLongerReadable(resources: readonly { id: string }[], all = false): AppError | null {
  const count = resources.length;
  if (count === 0) return null;
  if (all) {
    return new AppError(
      "forbidden",
      `The identity may no longer read the resources of the subscription; the ${count} that were known are kept as they were.`,
      { hint: "Give it the Reader role there again." },
    );
  }
  const groups = [...new Set(resources.map(({ id }) => id.split("/")[4] ?? ""))].sort();
  const more = groups.length - mostGroups;
  const named = `${groups.slice(0, mostGroups).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return new AppError(
    "forbidden",
    `${count} ${count === 1 ? "resource" : "resources"} in ${groups.length === 1 ? "the resource group" : "the resource groups"} ${named} can no longer be read; what was known of them is kept as it was.`,
    {
      hint: "Give the identity the Reader role there again. Whether a resource group was deleted it can tell with a role on the subscription.",
    },
  );
}
