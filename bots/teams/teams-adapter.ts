import { ConfidentialClientApplication } from "@azure/msal-node";
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from "botbuilder";
import type { TeamsSettings } from "../chat-settings.ts";
import type { TeamsActivity } from "./read-activity.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";

/** What the Bot Framework found out about a request's token. */
export type Authenticated = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication["authenticateRequest"]>
>;

/** Calls of the Bot Connector at one service address. */
export type Connector = Awaited<ReturnType<NonNullable<Authenticated["connectorFactory"]>["create"]>>;

const connectorScope = "https://api.botframework.com";

/** The Bot Framework's adapter, for one bot of one tenant. It never runs without credentials. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;

  constructor(settings: TeamsSettings, endpoints: TeamsEndpoints) {
    super(
      new ConfigurationBotFrameworkAuthentication(
        {
          MicrosoftAppId: settings.appId,
          MicrosoftAppTenantId: settings.tenantId,
          ToBotFromChannelTokenIssuer: endpoints.tokenIssuer,
          ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
          // Tokens of emulators are refused before they get here; their keys are looked for where there are none.
          ToBotFromEmulatorOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
          ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
          ToChannelFromBotOAuthScope: connectorScope,
          OAuthUrl: connectorScope,
          CallerId: "urn:botframework:azure",
          ValidateAuthority: true,
        },
        new TenantCredentials(settings, endpoints),
      ),
    );
    this.#appId = settings.appId;
  }

  authenticate(activity: TeamsActivity, authorization: string): Promise<Authenticated> {
    return this.botFrameworkAuthentication.authenticateRequest(toActivity(activity), authorization);
  }

  /** Runs an authenticated activity through the adapter; gives what an invoke is answered with. */
  run(
    authenticated: Authenticated,
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authenticated, toActivity(activity), logic);
  }

  async connectorAt(serviceUrl: string): Promise<Connector> {
    const identity = this.createClaimsIdentity(this.#appId);
    return this.botFrameworkAuthentication
      .createConnectorFactory(identity)
      .create(serviceUrl, connectorScope);
  }
}

/** Our reading of an activity is a part of the Bot Framework's, which calls all of its fields required. */
function toActivity(activity: TeamsActivity): Activity {
  return activity as unknown as Activity;
}

/** The bot's secret at its own tenant. */
class TenantCredentials extends ConfigurationServiceClientCredentialFactory {
  readonly #application: ConfidentialClientApplication;

  constructor({ appId, appPassword, tenantId }: TeamsSettings, { tokenNetwork }: TeamsEndpoints) {
    super({
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppTenantId: tenantId,
    });
    this.#application = new ConfidentialClientApplication({
      auth: {
        clientId: appId,
        clientSecret: appPassword,
        authority: `https://login.microsoftonline.com/${tenantId}`,
      },
      system: tokenNetwork ? { networkClient: tokenNetwork } : {},
    });
  }

  /** The base class calls a bot without an id one that needs no signatures. */
  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(appId: string) {
    if (!(await this.isValidAppId(appId))) throw new Error("These are credentials of another bot.");
    const application = this.#application;
    return {
      async signRequest<Request extends { headers: { set(name: string, value: string): void } }>(
        request: Request,
      ): Promise<Request> {
        const token = await application.acquireTokenByClientCredential({
          scopes: [`${connectorScope}/.default`],
        });
        if (!token) throw new Error("Entra ID gave no token for the bot.");
        request.headers.set("authorization", `Bearer ${token.accessToken}`);
        return request;
      },
    };
  }
}
