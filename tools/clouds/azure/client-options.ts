import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { AppError } from "../../kernel/errors.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { freshTokenPolicy } from "./fresh-token-policy.ts";

// Cost Management gives each ClientType a quota of its own instead of the one shared by every tool of a tenant.
const clientType = "CloudOptimaAI";

/**
 * What every Azure SDK client gets: our own retries instead of the SDK's (which ignore most of Azure's wait
 * headers), no redirects, and requests to the endpoint's origin only, so that a token never leaves it.
 */
export function clientOptions(endpoint: AzureEndpoint, origin: string) {
  const policies: PipelinePolicy[] = [clientTypePolicy, sameOriginPolicy(origin)];
  return {
    endpoint: origin,
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: "cloudoptima" },
    additionalPolicies: [
      ...policies.map((policy) => ({ policy, position: "perCall" as const })),
      // After the token was put in.
      { policy: freshTokenPolicy(Date.now), position: "perRetry" as const },
    ],
    ...(endpoint.ca ? { tlsOptions: { ca: endpoint.ca } } : {}),
  };
}

const clientTypePolicy: PipelinePolicy = {
  name: "clientTypePolicy",
  sendRequest(request, next) {
    request.headers.set("ClientType", clientType);
    return next(request);
  },
};

/** Refuses every request that leads elsewhere. */
export function sameOriginPolicy(origin: string): PipelinePolicy {
  return {
    name: "sameOriginPolicy",
    sendRequest(request, next) {
      requireOrigin(request.url, origin);
      return next(request);
    },
  };
}

/** Throws unless `url` belongs to `origin`: a link inside a response must not lead our token elsewhere. */
export function requireOrigin(url: string, origin: string): void {
  if (new URL(url).origin !== new URL(origin).origin) {
    throw new AppError("unavailable", "Azure's answer pointed to another server; we did not follow it.", {
      hint: "This should never happen. Check the proxy between here and Azure.",
      details: { expected: new URL(origin).origin, got: new URL(url).origin },
    });
  }
}
