import type { PipelinePolicy } from "@azure/core-rest-pipeline";

/**
 * Renews a token that Azure calls expired or revoked while we hold it for good. A plain 401 becomes the claims
 * challenge of continuous access evaluation ("issued now or later"; learn.microsoft.com: claims challenges), which
 * the SDK answers once with a new token past its caches.
 */
export function freshTokenPolicy(nowMs: () => number): PipelinePolicy {
  return {
    name: "freshTokenPolicy",
    async sendRequest(request, next) {
      const response = await next(request);
      const challenge = response.headers.get("WWW-Authenticate") ?? "";
      if (response.status !== 401 || /\bclaims=/.test(challenge)) return response;
      const issuedFrom = String(Math.floor(nowMs() / 1000));
      const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: issuedFrom } } });
      response.headers.set(
        "WWW-Authenticate",
        `Bearer error="insufficient_claims", claims="${btoa(claims)}"`,
      );
      return response;
    },
  };
}
