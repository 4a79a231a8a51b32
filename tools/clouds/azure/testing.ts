import { type RunningSandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import type { Tenant } from "../sandbox/tenant/tenant-schema.ts";
import { createAzureCloud } from "./azure-cloud.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import type { Pace } from "./pace.ts";
import { sandboxEndpoint } from "./sandbox-endpoint.ts";

/** A clock that waits by moving on: tests of minutes take none. */
export function virtualPace(): Pace & { sleeps: number[] } {
  let now = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    random: () => 0.5,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      sleeps.push(ms);
      now += ms;
    },
  };
}

export interface SandboxCloudOptions {
  tenant?: Tenant;
  resources?: number;
  days?: number;
  exports?: "focus" | "pair";
  costPageSize?: number;
  now?: Temporal.Instant;
  /** What the server enforces; the client plans with raised ones unless told otherwise. */
  serverQuotas?: "azure" | "raised";
  change?: (endpoint: AzureEndpoint) => AzureEndpoint;
}

/** The real clients against a running sandbox; no wait takes real time. */
export async function openSandboxCloud(options: SandboxCloudOptions = {}) {
  const pace = virtualPace();
  const sandbox: RunningSandbox = await startSandbox({
    ...(options.tenant ? { tenant: options.tenant } : {}),
    seed: "azure",
    resources: options.resources ?? 90,
    days: options.days ?? 50,
    now: () => options.now ?? Temporal.Instant.from("2026-10-14T09:30:00Z"),
    quotas: options.serverQuotas ?? "raised",
    ...(options.exports ? { exports: options.exports } : {}),
    ...(options.costPageSize ? { costPageSize: options.costPageSize } : {}),
  });
  const endpoint = await sandboxEndpoint({ ...sandbox, quotas: "raised" }, pace);
  const cloud = createAzureCloud(options.change?.(endpoint) ?? endpoint);
  return { sandbox, cloud, pace, endpoint };
}

/** Every item of a paged listing. */
export async function collect<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
