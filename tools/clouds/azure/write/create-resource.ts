import { AppError } from "../../../kernel/errors.ts";
import type { ResourceDefinition, Submitted } from "../../cloud-write.ts";
import type { ApiVersions } from "../api-versions.ts";
import { readLiveResource } from "../live-resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { armPath, type ResourceManager } from "../resource-manager.ts";
import type { Submitter } from "./submitter.ts";

/**
 * Makes a resource by a PUT that must not meet one (`If-None-Match: *`). Not every provider heeds that header,
 * so we look first. The SDK's generic PUT drops zones; this one goes through its pipeline as it is.
 */
export async function createResource(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  submitter: Submitter,
  id: string,
  definition: ResourceDefinition,
  signal: AbortSignal,
): Promise<Submitted> {
  const { type, name } = parseResourceId(id);
  const path = armPath(id);
  if (type !== definition.type.toLowerCase()) {
    throw new AppError("invalid_input", "The definition is of another type than the id.", {
      details: { id, type: definition.type },
    });
  }
  const { region, tags, kind, sku, zones, properties } = definition;
  const resourcePath = `${path}?api-version=${await versions.of(id, signal)}`;
  if (await readLiveResource(resourceManager, versions, id, signal)) {
    throw new AppError(
      "conflict",
      `There is a resource with the id of ${name} already; we did not touch it.`,
      {
        hint: "Look whether it is the one that an earlier try made.",
        details: { outcome: "refused", azureCode: null },
      },
    );
  }
  return submitter.submit({
    what: `create ${name}`,
    subscriptionId: id.split("/")[2]!.toLowerCase(),
    kind: "write",
    resourcePath,
    signal,
    send: async (abortSignal) => {
      const { status, headers, body } = await resourceManager.send(
        {
          method: "PUT",
          path: resourcePath,
          headers: { "If-None-Match": "*" },
          body: {
            location: region,
            tags,
            ...(kind ? { kind } : {}),
            ...(sku ? { sku } : {}),
            ...(zones && zones.length > 0 ? { zones } : {}),
            properties,
          },
        },
        abortSignal,
      );
      return { status, header: (name) => headers.get(name), text: JSON.stringify(body) };
    },
  });
}
