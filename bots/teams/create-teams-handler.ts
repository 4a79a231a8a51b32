import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import type { Logger } from "pino";
import { type ChatHandler, createChatHandler, type Wait, waitFor } from "../chat-handler.ts";
import type { TeamsSettings } from "../chat-settings.ts";
import type { ProductForBots } from "../product-for-bots.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";

export interface TeamsHandlerOptions {
  /** Null: Teams is not set up, and the route does not exist. */
  settings: TeamsSettings | null;
  product: ProductForBots;
  model: AgentModel;
  /** Where people reach the web, e.g. https://cost.example.com; null when it is not known. */
  webAddress: string | null;
  log: Logger;
  /** The public cloud's unless a test says otherwise. */
  endpoints?: TeamsEndpoints;
  /** Real time in milliseconds. */
  now?(): number;
  updateIntervalMs?: number;
  wait?: Wait;
}

/** Teams allows a few messages a second in a conversation, and sixty in half a minute. */
const updateIntervalMs = 1_500;

/** The bot of a Teams tenant as a request handler for the one port; it serves /teams/messages. */
export function createTeamsHandler(options: TeamsHandlerOptions): ChatHandler {
  const { settings, product, model, webAddress, log } = options;
  return createChatHandler({
    platform: "Teams",
    settings,
    organizationVariable: "CLOUDOPTIMA_TEAMS_ORGANIZATION",
    service: product.service,
    log,
    async open(whole, organization) {
      const [{ createTeamsApp }, { publicTeamsEndpoints }] = await Promise.all([
        import("./teams-app.ts"),
        import("./teams-endpoints.ts"),
      ]);
      return createTeamsApp({
        settings: whole,
        endpoints: options.endpoints ?? publicTeamsEndpoints,
        organization,
        product,
        model,
        webAddress,
        log,
        now: options.now ?? Date.now,
        updateIntervalMs: options.updateIntervalMs ?? updateIntervalMs,
        wait: options.wait ?? waitFor,
      });
    },
  });
}
