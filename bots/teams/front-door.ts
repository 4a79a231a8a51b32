import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { readBody } from "../read-body.ts";
import { TeamsActivity } from "./read-activity.ts";
import type { Authenticated, TeamsAdapter } from "./teams-adapter.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";
import { createTokenCheck, RefusedToken } from "./verify-connector-token.ts";

/** An activity that the Bot Connector sent to this bot. */
export interface LetIn {
  activity: TeamsActivity;
  authenticated: Authenticated;
}

export interface FrontDoorOptions {
  appId: string;
  endpoints: TeamsEndpoints;
  adapter: TeamsAdapter;
  log: Logger;
  /** Real time in milliseconds. */
  now(): number;
  /** Told of each refused request, to be audited. */
  onRefused(reason: string): void;
}

/**
 * Lets in what the Bot Connector signed for this bot, about the service address that its token names. Null: answered
 * already, with 400, 401, 405, 413 or 503. Nothing of a request is read before its token is checked.
 */
export function createFrontDoor({ appId, endpoints, adapter, log, now, onRefused }: FrontDoorOptions) {
  const checkToken = createTokenCheck({ appId, endpoints, now });

  async function check(request: IncomingMessage, response: ServerResponse): Promise<LetIn | null> {
    const { authorization = "" } = request.headers;
    const claims = await checkToken(authorization);
    const body = await readBody(request);
    if (body === null) return end(response, 413);
    const parsed = TeamsActivity.safeParse(parseJson(body.toString("utf8")));
    if (!parsed.success) return end(response, 400);
    const activity = parsed.data;
    if (claims.serviceurl !== activity.serviceUrl) {
      throw new RefusedToken("the token is for another service address");
    }
    if (!endpoints.isServiceUrl(new URL(activity.serviceUrl))) {
      throw new RefusedToken("the service address is none of the Bot Connector's");
    }
    // The Bot Framework checks again, by its own rules.
    return { activity, authenticated: await adapter.authenticate(activity, authorization) };
  }

  return async function letIn(request: IncomingMessage, response: ServerResponse): Promise<LetIn | null> {
    if (request.method !== "POST") return end(response, 405);
    try {
      return await check(request, response);
    } catch (err) {
      if (err instanceof RefusedToken) {
        onRefused(err.message);
        return end(response, 401);
      }
      // Keys that cannot be fetched say nothing about the request: the Connector sends it again.
      log.error({ err }, "a Teams request could not be checked");
      return end(response, 503);
    }
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number): null {
  response.writeHead(status).end();
  return null;
}
