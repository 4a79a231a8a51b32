import type { ComputeManagementClient } from "@azure/arm-compute";
import type { ResourceManagementClient } from "@azure/arm-resources";
import type { HttpClient, PipelineResponse } from "@azure/core-rest-pipeline";
import { AppError } from "../../kernel/errors.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { clientOptions, requireOrigin } from "./client-options.ts";

export interface ArmRequest {
  method: "GET" | "PUT";
  /** Path and query below the endpoint's origin, encoded, with its api-version. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface ArmResponse {
  status: number;
  headers: PipelineResponse["headers"];
  /** Parsed JSON; null where there was none. */
  body: unknown;
}

/**
 * The Resource Manager of one endpoint. Contracts that the SDK clients lack or cut down (locks, permissions,
 * zones in a generic PUT) go through the same client's pipeline: same sign-in, certificate and origin check.
 */
export class ResourceManager {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  readonly #compute = new Map<string, Promise<ComputeManagementClient>>();
  #resources: Promise<ResourceManagementClient> | undefined;
  #http: Promise<HttpClient> | undefined;

  constructor(endpoint: AzureEndpoint, caller: AzureCaller) {
    this.#endpoint = endpoint;
    this.#caller = caller;
  }

  /** The generic client: any resource by its id, tags at a scope, providers. */
  resources(): Promise<ResourceManagementClient> {
    this.#resources ??= import("@azure/arm-resources").then(
      ({ ResourceManagementClient }) =>
        new ResourceManagementClient(this.#endpoint.credential, this.#options()),
    );
    return this.#resources;
  }

  /** The compute client of a subscription. */
  compute(subscriptionId: string): Promise<ComputeManagementClient> {
    let client = this.#compute.get(subscriptionId);
    if (!client) {
      client = import("@azure/arm-compute").then(
        ({ ComputeManagementClient }) =>
          new ComputeManagementClient(this.#endpoint.credential, subscriptionId, this.#options()),
      );
      this.#compute.set(subscriptionId, client);
    }
    return client;
  }

  /** A read under the subscription's quota, tried again while Azure is unwell. `what` completes "Azure could not …". */
  read<Result>(
    what: string,
    subscriptionId: string,
    signal: AbortSignal,
    run: (abortSignal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#caller.call({
      what,
      service: "resource manager",
      part: subscriptionId,
      spend: [
        { key: `arm read ${subscriptionId}`, windows: this.#endpoint.quotas.resourceManagerReads, units: 1 },
      ],
      timeoutMs: 30_000,
      signal,
      run,
    });
  }

  /** Sends one request as it is; a status that is no success throws the SDK's RestError. */
  async send(request: ArmRequest, abortSignal: AbortSignal): Promise<ArmResponse> {
    const { createDefaultHttpClient, createHttpHeaders, createPipelineRequest, RestError } = await import(
      "@azure/core-rest-pipeline"
    );
    this.#http ??= Promise.resolve(createDefaultHttpClient());
    const { pipeline } = await this.resources();
    const sent = createPipelineRequest({
      url: `${this.#endpoint.resourceManager}${request.path}`,
      method: request.method,
      headers: createHttpHeaders({
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...request.headers,
      }),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      abortSignal,
    });
    const response = await pipeline.sendRequest(await this.#http, sent);
    const body: unknown = response.bodyAsText ? parse(response) : null;
    if (response.status >= 200 && response.status < 300) {
      return { status: response.status, headers: response.headers, body };
    }
    const { code, message } = (body as { error?: { code?: string; message?: string } } | null)?.error ?? {};
    throw new RestError(message ?? `HTTP ${response.status}`, {
      statusCode: response.status,
      request: sent,
      response,
      ...(code === undefined ? {} : { code }),
    });
  }

  /** Path and query of a link inside an answer; one that leads to another server throws. */
  pathOf(link: string): string {
    const url = new URL(link, this.#endpoint.resourceManager);
    requireOrigin(url.href, this.#endpoint.resourceManager);
    return `${url.pathname}${url.search}`;
  }

  #options() {
    return {
      ...clientOptions(this.#endpoint, this.#endpoint.resourceManager),
      credentials: { scopes: [this.#endpoint.resourceManagerScope] },
    };
  }
}

/** JSON, or a failure that counts as a broken answer; a proxy's HTML error page keeps its status instead. */
function parse(response: PipelineResponse): unknown {
  try {
    return JSON.parse(response.bodyAsText ?? "");
  } catch (cause) {
    if (response.status >= 400) return null;
    throw cause;
  }
}

/** What a resource id must be to become part of a request's path; every segment is encoded. */
export function armPath(id: string): string {
  const segments = id.split("/");
  const malformed =
    segments[0] !== "" ||
    segments[1]?.toLowerCase() !== "subscriptions" ||
    segments
      .slice(1)
      .some((segment) => segment === "" || segment === "." || segment === ".." || /[?#%\\]/.test(segment));
  if (malformed) {
    throw new AppError("invalid_input", "This is not the full id of an Azure resource.", {
      hint: "It looks like /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/disks/disk-1.",
    });
  }
  return segments.map(encodeURIComponent).join("/");
}
