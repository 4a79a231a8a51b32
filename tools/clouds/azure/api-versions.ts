import { AppError } from "../../kernel/errors.ts";
import { parseResourceId } from "./resource-id.ts";
import type { ResourceManager } from "./resource-manager.ts";

/**
 * Versions that we write with, pinned: what a body means must not change under a plan that people approved.
 * Virtual machines have an etag since 2024-07-01.
 */
const pinned: Record<string, string> = {
  "microsoft.compute/virtualmachines": "2024-07-01",
  "microsoft.compute/disks": "2024-03-02",
  "microsoft.compute/snapshots": "2024-03-02",
  "microsoft.network/publicipaddresses": "2024-05-01",
  "microsoft.network/networkinterfaces": "2024-05-01",
  "microsoft.network/loadbalancers": "2024-05-01",
  "microsoft.sql/servers/databases": "2023-08-01",
  "microsoft.storage/storageaccounts": "2023-05-01",
  "microsoft.web/serverfarms": "2023-12-01",
  "microsoft.devtestlab/schedules": "2018-09-15",
};

/** Which api-version reads and writes a resource: a pinned one, else the newest stable one of its provider. */
export class ApiVersions {
  readonly #resourceManager: ResourceManager;
  readonly #byNamespace = new Map<string, Promise<Map<string, string>>>();

  constructor(resourceManager: ResourceManager) {
    this.#resourceManager = resourceManager;
  }

  async of(id: string, signal: AbortSignal): Promise<string> {
    const { type } = parseResourceId(id);
    const version = type && (pinned[type] ?? (await this.#ofProvider(type, id.split("/")[2] ?? "", signal)));
    if (!version) {
      throw new AppError(
        "unsupported",
        "Azure names no version of its interface for this type of resource.",
        {
          details: { type },
        },
      );
    }
    return version;
  }

  async #ofProvider(type: string, subscriptionId: string, signal: AbortSignal): Promise<string | undefined> {
    const [namespace = "", ...path] = type.split("/");
    const known = this.#byNamespace.get(namespace) ?? this.#read(namespace, subscriptionId, signal);
    this.#byNamespace.set(namespace, known);
    // A failed look-up is forgotten, so that the next one asks again.
    known.catch(() => this.#byNamespace.delete(namespace));
    return (await known).get(path.join("/"));
  }

  async #read(namespace: string, subscriptionId: string, signal: AbortSignal): Promise<Map<string, string>> {
    const client = await this.#resourceManager.resources();
    const provider = await this.#resourceManager.read(
      `read the versions of ${namespace}`,
      subscriptionId,
      signal,
      (abortSignal) => client.providers.getAtTenantScope(namespace, { abortSignal }),
    );
    return new Map(
      (provider.resourceTypes ?? []).flatMap(({ resourceType, apiVersions }) => {
        const newest = newestStable(apiVersions ?? []);
        return resourceType && newest ? [[resourceType.toLowerCase(), newest] as const] : [];
      }),
    );
  }
}

/** 2024-05-01 is newer than 2023-12-01; a preview only where there is nothing else. */
export function newestStable(versions: readonly string[]): string | undefined {
  const sorted = versions.toSorted().toReversed();
  return sorted.find((version) => /^\d{4}-\d{2}-\d{2}$/.test(version)) ?? sorted[0];
}
