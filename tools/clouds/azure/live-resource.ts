import { isRestError } from "@azure/core-rest-pipeline";
import { z } from "zod";
import type { LiveResource } from "../cloud.ts";
import type { ApiVersions } from "./api-versions.ts";
import { normalizeResource, ResourceRow } from "./normalize-resource.ts";
import { parseResourceId } from "./resource-id.ts";
import { armPath, type ResourceManager } from "./resource-manager.ts";

// What the generic models of the SDK leave out: etag and zones.
const Body = z.looseObject({ etag: z.string().optional() });
const InstanceView = z.looseObject({
  statuses: z.array(z.looseObject({ code: z.string().optional() })).default([]),
});
const virtualMachines = "microsoft.compute/virtualmachines";

/** The resource as its provider has it now, a virtual machine with its power state; null when it is not there. */
export async function readLiveResource(
  resourceManager: ResourceManager,
  versions: ApiVersions,
  id: string,
  signal: AbortSignal,
): Promise<LiveResource | null> {
  armPath(id);
  const { type, name, resourceGroup } = parseResourceId(id);
  const subscriptionId = id.split("/")[2]!.toLowerCase();
  const isVirtualMachine = type === virtualMachines && resourceGroup !== null && name !== null;
  const apiVersion = isVirtualMachine ? "" : await versions.of(id, signal);
  const answer = await resourceManager.read(`read ${name}`, subscriptionId, signal, async (abortSignal) => {
    let raw: { text: string; etag: string | undefined } | undefined;
    const options = {
      abortSignal,
      onResponse: (response: {
        bodyAsText?: string | null;
        headers: { get(name: string): string | undefined };
      }) => {
        raw = { text: response.bodyAsText ?? "null", etag: response.headers.get("etag") };
      },
    };
    try {
      if (isVirtualMachine) {
        const client = await resourceManager.compute(subscriptionId);
        await client.virtualMachines.get(resourceGroup, name, { ...options, expand: "instanceView" });
      } else {
        const client = await resourceManager.resources();
        await client.resources.getById(id, apiVersion, options);
      }
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
    return raw ? { body: JSON.parse(raw.text) as unknown, etag: raw.etag } : null;
  });
  if (!answer) return null;
  const body = Body.parse(answer.body);
  const row = ResourceRow.parse({
    ...body,
    subscriptionId,
    resourceGroup,
    properties: isVirtualMachine ? withPowerState(body.properties) : body.properties,
  });
  return { ...normalizeResource(row), etag: body.etag ?? answer.etag ?? null };
}

/** Absent for sure: other 404s (a subscription we cannot see, a wrong type) must not pass for a deleted resource. */
export function isAbsent(error: unknown): boolean {
  return (
    isRestError(error) &&
    error.statusCode === 404 &&
    /^(ResourceNotFound|ParentResourceNotFound|ResourceGroupNotFound|NotFound)$/i.test(error.code ?? "")
  );
}

/** Puts the power state where the inventory has it, so that rules read one path for both. */
function withPowerState(properties: unknown): unknown {
  if (typeof properties !== "object" || properties === null) return properties;
  const view = InstanceView.safeParse((properties as { instanceView?: unknown }).instanceView);
  const power = view.data?.statuses.find(({ code }) => code?.toLowerCase().startsWith("powerstate/"));
  return power ? { ...properties, extended: { instanceView: { powerState: power } } } : properties;
}
