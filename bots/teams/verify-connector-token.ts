import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { TeamsEndpoints } from "./teams-endpoints.ts";

const Metadata = z.object({ jwks_uri: z.url() });
const Keys = z.object({
  keys: z.array(
    z.looseObject({ kid: z.string(), kty: z.string(), endorsements: z.array(z.string()).optional() }),
  ),
});
type Keys = z.infer<typeof Keys>;

const maximumAgeMs = 24 * 60 * 60_000;
const cooldownMs = 60_000;
const clockToleranceSeconds = 300;

/** The token is not one of the Bot Connector's for this bot. */
export class RefusedToken extends Error {}

/**
 * Checks a request's token before anything else reads it: signed by a key that is endorsed for Teams, by the Bot
 * Connector (not by an emulator or another bot, which the Bot Framework's own check would let in, too), for this
 * bot, and not expired. Gives its claims; throws RefusedToken, or what went wrong in getting the keys.
 */
export function createTokenCheck(options: {
  appId: string;
  endpoints: TeamsEndpoints;
  now(): number;
}): (authorization: string) => Promise<JWTPayload> {
  const { appId, endpoints, now } = options;
  let fetched: { keys: Keys; at: number } | null = null;
  let fetching: Promise<Keys> | null = null;

  async function fetchKeys(): Promise<Keys> {
    const { jwks_uri } = Metadata.parse(await getJson(endpoints.openIdMetadataUrl));
    const keys = Keys.parse(await getJson(jwks_uri));
    fetched = { keys, at: now() };
    return keys;
  }

  /** The published keys; asked for again when they are old, or when one is missing and the last look is not just now. */
  async function keysWith(kid: string): Promise<Keys> {
    const age = fetched ? now() - fetched.at : Number.POSITIVE_INFINITY;
    const known = fetched?.keys.keys.some((key) => key.kid === kid);
    if (fetched && (known ? age < maximumAgeMs : age < cooldownMs)) return fetched.keys;
    fetching ??= fetchKeys().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  return async (authorization) => {
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization) ?? [];
    if (!token) throw new RefusedToken("there is no token");
    try {
      const { payload } = await jwtVerify(
        token,
        async (header, flattened) => {
          const { keys } = await keysWith(header.kid ?? "");
          const key = keys.find(({ kid }) => kid === header.kid);
          if (!key) throw new RefusedToken("the token is signed by an unknown key");
          if (!key.endorsements?.includes("msteams")) {
            throw new RefusedToken("the token's key is not endorsed for Teams");
          }
          return createLocalJWKSet({ keys: [key] } as JSONWebKeySet)(header, flattened);
        },
        {
          algorithms: ["RS256"],
          issuer: endpoints.tokenIssuer,
          audience: appId,
          clockTolerance: clockToleranceSeconds,
          requiredClaims: ["exp", "serviceurl"],
          currentDate: new Date(now()),
        },
      );
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new RefusedToken(error.message, { cause: error });
      throw error;
    }
  };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (!response.ok)
    throw new Error(`The Bot Connector's keys could not be read: ${url} answered ${response.status}.`);
  return response.json();
}
