import type { Submitted } from "../../cloud-write.ts";
import type { ApiVersions } from "../api-versions.ts";
import { isAbsent } from "../live-resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { armPath, type ResourceManager } from "../resource-manager.ts";
import { firstAnswer } from "./sdk-answer.ts";
import type { Submitter } from "./submitter.ts";

/** Deletes a resource, only in the version that `etag` names where it is given. Gone already is deleted. */
export async function deleteResource(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  submitter: Submitter,
  id: string,
  etag: string | null,
  signal: AbortSignal,
): Promise<Submitted> {
  armPath(id);
  const apiVersion = await versions.of(id, signal);
  const { resources } = await resourceManager.resources();
  return submitter.submit({
    what: `delete ${parseResourceId(id).name}`,
    subscriptionId: id.split("/")[2]!.toLowerCase(),
    kind: "delete",
    resourcePath: null,
    signal,
    async send(abortSignal) {
      try {
        return await firstAnswer((options) =>
          resources.deleteById(id.slice(1), apiVersion, {
            ...options,
            abortSignal,
            ...(etag === null ? {} : { requestOptions: { headers: { "If-Match": etag } } }),
          }),
        );
      } catch (error) {
        if (isAbsent(error)) return { status: 204, header: () => undefined, text: "" };
        throw error;
      }
    },
  });
}
