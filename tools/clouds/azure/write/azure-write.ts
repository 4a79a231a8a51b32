import type { CloudWrite } from "../../cloud-write.ts";
import { ApiVersions } from "../api-versions.ts";
import { AzureCaller } from "../azure-caller.ts";
import type { AzureEndpoint } from "../azure-endpoint.ts";
import { ResourceManager } from "../resource-manager.ts";
import { changeTags } from "./change-tags.ts";
import { createResource } from "./create-resource.ts";
import { deleteResource } from "./delete-resource.ts";
import { readProgress } from "./progress.ts";
import { setPower } from "./set-power.ts";
import { Submitter } from "./submitter.ts";
import { updateResource } from "./update-resource.ts";

/** Changes one Azure tenant through the official SDK clients. For the worker alone: see tools/clouds/cloud-write.ts. */
export function createAzureWrite(endpoint: AzureEndpoint): CloudWrite {
  const caller = new AzureCaller(endpoint);
  const resourceManager = new ResourceManager(endpoint, caller);
  const versions = new ApiVersions(resourceManager);
  const submitter = new Submitter(endpoint, caller, resourceManager);

  return {
    deallocate: (id, signal) => setPower(resourceManager, submitter, id, "deallocate", signal),
    start: (id, signal) => setPower(resourceManager, submitter, id, "start", signal),
    changeTags: (id, change, signal) => changeTags(resourceManager, submitter, id, change, signal),
    create: (id, definition, signal) =>
      createResource(resourceManager, versions, submitter, id, definition, signal),
    delete: (id, etag, signal) => deleteResource(resourceManager, versions, submitter, id, etag, signal),
    update: (id, change, etag, signal) =>
      updateResource(resourceManager, versions, submitter, id, change, etag, signal),
    progress: (operation, signal) => readProgress(resourceManager, operation, signal),
  };
}
