import { type ChatHandler, type ChatHandlerOptions, createChatHandler } from "../chat-handler.ts";
import type { TeamsSettings } from "../chat-settings.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";

export interface TeamsHandlerOptions extends ChatHandlerOptions<TeamsSettings> {
  /** The public cloud's unless a test says otherwise. */
  endpoints?: TeamsEndpoints;
}

/** The bot of a Teams tenant as a request handler for the one port; it serves /teams/messages. */
export function createTeamsHandler(options: TeamsHandlerOptions): ChatHandler {
  return createChatHandler(options, {
    name: "Teams",
    organizationVariable: "CLOUDOPTIMA_TEAMS_ORGANIZATION",
    // Teams allows a few messages a second in a conversation, and sixty in half a minute.
    updateIntervalMs: 1_500,
    async open(parts) {
      const [{ createTeamsApp }, { publicTeamsEndpoints }] = await Promise.all([
        import("./teams-app.ts"),
        import("./teams-endpoints.ts"),
      ]);
      return createTeamsApp({ ...parts, endpoints: options.endpoints ?? publicTeamsEndpoints });
    },
  });
}
