import { AppError } from "../../../kernel/errors.ts";
import type { Submitted, TagChange } from "../../cloud-write.ts";
import { parseResourceId } from "../resource-id.ts";
import { armPath, type ResourceManager } from "../resource-manager.ts";
import { formatOperation } from "./operation.ts";
import { firstAnswer } from "./sdk-answer.ts";
import type { Submitter } from "./submitter.ts";

/** Merges and removes single tags by the tags API, so that tags which others set meanwhile stay. */
export async function changeTags(
  resourceManager: ResourceManager,
  submitter: Submitter,
  id: string,
  change: TagChange,
  signal: AbortSignal,
): Promise<Submitted> {
  armPath(id);
  const removed = new Set(change.remove.map((name) => name.toLowerCase()));
  const both = Object.keys(change.set).find((name) => removed.has(name.toLowerCase()));
  if (both !== undefined) {
    throw new AppError("invalid_input", `The tag ${both} cannot be set and removed at once.`);
  }
  const scope = id.slice(1);
  const subscriptionId = id.split("/")[2]!.toLowerCase();
  const { tagsOperations } = await resourceManager.resources();
  const update = (operation: "Merge" | "Delete", tags: Record<string, string>) =>
    submitter.polls({
      what: `change the tags of ${parseResourceId(id).name}`,
      subscriptionId,
      kind: "write",
      resourcePath: null,
      signal,
      send: (abortSignal) =>
        firstAnswer((options) =>
          tagsOperations.updateAtScope(
            scope,
            { operation, properties: { tags } },
            { ...options, abortSignal },
          ),
        ),
    });

  const polls = [];
  if (removed.size > 0) {
    // Azure removes a pair of name and value: it needs the value that the tag has now.
    const now = await resourceManager.read("read the tags", subscriptionId, signal, (abortSignal) =>
      tagsOperations.getAtScope(scope, { abortSignal }),
    );
    const pairs = Object.entries(now.properties.tags ?? {}).filter(([name]) =>
      removed.has(name.toLowerCase()),
    );
    if (pairs.length > 0) polls.push(...(await update("Delete", Object.fromEntries(pairs))));
  }
  if (Object.keys(change.set).length > 0) polls.push(...(await update("Merge", change.set)));
  return { operation: formatOperation(polls) };
}
