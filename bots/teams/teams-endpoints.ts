import type { INetworkModule } from "@azure/msal-node";

/** Where the Bot Connector and its keys are. Never read from the environment or from a connection's data. */
export interface TeamsEndpoints {
  /** Who signs requests to the bot. */
  tokenIssuer: string;
  /** Where its keys are published. */
  openIdMetadataUrl: string;
  /** Whether our token may be sent to this service address. */
  isServiceUrl(url: URL): boolean;
  /** How the bot's own token is asked for at Entra ID; undefined: over the network. */
  tokenNetwork: INetworkModule | undefined;
}

/** Other hosts of trafficmanager.net belong to whoever registers them, so names are compared whole. */
const serviceHosts: ReadonlySet<string> = new Set([
  "smba.trafficmanager.net",
  "smba.infra.gcc.teams.microsoft.com",
]);

/** The public cloud's Bot Connector. */
export const publicTeamsEndpoints: TeamsEndpoints = {
  tokenIssuer: "https://api.botframework.com",
  openIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  isServiceUrl: ({ protocol, hostname, port, username }) =>
    protocol === "https:" && port === "" && username === "" && serviceHosts.has(hostname),
  tokenNetwork: undefined,
};
