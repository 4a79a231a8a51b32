import type { ResourceChange, Submitted } from "../../cloud-write.ts";
import type { ApiVersions } from "../api-versions.ts";
import { parseResourceId } from "../resource-id.ts";
import { armPath, type ResourceManager } from "../resource-manager.ts";
import { firstAnswer } from "./sdk-answer.ts";
import type { Submitter } from "./submitter.ts";

/** Changes parts of a resource by a PATCH, only in the version that `etag` names where it is given. */
export async function updateResource(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  submitter: Submitter,
  id: string,
  change: ResourceChange,
  etag: string | null,
  signal: AbortSignal,
): Promise<Submitted> {
  const path = armPath(id);
  const apiVersion = await versions.of(id, signal);
  const { resources } = await resourceManager.resources();
  return submitter.submit({
    what: `change ${parseResourceId(id).name}`,
    subscriptionId: id.split("/")[2]!.toLowerCase(),
    kind: "write",
    resourcePath: `${path}?api-version=${apiVersion}`,
    signal,
    send: (abortSignal) =>
      firstAnswer((options) =>
        resources.updateById(id.slice(1), apiVersion, change, {
          ...options,
          abortSignal,
          ...(etag === null ? {} : { requestOptions: { headers: { "If-Match": etag } } }),
        }),
      ),
  });
}
