import pLimit from "p-limit";
import { AppError } from "../../kernel/errors.ts";
import type { ApiVersions } from "./api-versions.ts";
import { isAbsent, readLiveResource } from "./live-resource.ts";
import { readMissingPermissions } from "./missing-permissions.ts";
import type { ResourceManager } from "./resource-manager.ts";

interface Missing {
  id: string;
  type: string;
}

// A deployment that is deleted takes hundreds of resources along: a few of a group prove it.
const readPerGroup = 3;
const groupsAtOnce = 8;

/**
 * Ids of those resources, of one subscription, that do not exist any more. Resource Graph leaves out in silence what
 * the identity may not read; Resource Manager looks at permissions before it looks for the resource, so a 404 proves
 * both, and a 403 neither. Asked are, for each resource group, its permissions and a few of its resources: the list of
 * permissions may lag behind a role that was just taken away, and a resource that answers is there.
 */
export async function findGone(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  missing: readonly Missing[],
  signal: AbortSignal,
): Promise<string[]> {
  const limit = pLimit(groupsAtOnce);
  const groups = Map.groupBy(missing, ({ id }) => scopeOf(id));
  const gone = await Promise.all(
    [...groups].map(([scope, resources]) =>
      limit(() => goneOfGroup(resourceManager, versions, scope, resources, signal)),
    ),
  );
  return gone.flat().map(({ id }) => id);
}

/** /subscriptions/S/resourcegroups/G; of what is in no group the subscription. */
function scopeOf(id: string): string {
  const segments = id.split("/");
  return segments.slice(0, segments[3]?.toLowerCase() === "resourcegroups" ? 5 : 3).join("/");
}

async function goneOfGroup(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  scope: string,
  resources: Missing[],
  signal: AbortSignal,
): Promise<Missing[]> {
  const operations = [...new Set(resources.map(({ type }) => `${type}/read`))];
  let unreadable: string[];
  try {
    unreadable = await readMissingPermissions(resourceManager, scope, operations, signal);
  } catch (thrown) {
    // With the group everything in it is gone.
    if (thrown instanceof AppError && isAbsent(thrown.cause)) return resources;
    if (isForbidden(thrown)) return [];
    throw thrown;
  }
  const readable = resources.filter(({ type }) => !unreadable.includes(`${type}/read`));
  const absent: Missing[] = [];
  const asked = spread(readable, readPerGroup);
  for (const resource of asked) {
    if (await isGone(resourceManager, versions, resource, signal)) absent.push(resource);
  }
  return absent.length === asked.length ? readable : absent;
}

async function isGone(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  { id }: Missing,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return (await readLiveResource(resourceManager, versions, id, signal)) === null;
  } catch (thrown) {
    if (isForbidden(thrown)) return false;
    // Not every type can be read by its id: the permission to read it is the proof then.
    if (thrown instanceof AppError && thrown.code === "unsupported") return true;
    throw thrown;
  }
}

function isForbidden(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === "forbidden";
}

/** The first, the last and those in equal steps between them. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, index) => items[Math.round((index * (items.length - 1)) / (count - 1))]!,
  );
}
