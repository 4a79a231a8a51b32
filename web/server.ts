import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:http";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { slackSettings, teamsSettings } from "@cloudoptima/bots/env.ts";
import type { ProductForBots } from "@cloudoptima/bots/product-for-bots.ts";
import { createSlackHandler } from "@cloudoptima/bots/slack/create-slack-handler.ts";
import { createTeamsHandler } from "@cloudoptima/bots/teams/create-teams-handler.ts";
import { createMcpHandler } from "@cloudoptima/mcp-server/http.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import type { Logger } from "pino";
import type { WebEnvironment } from "./env.ts";
import { ActiveAnswers } from "./server/active-answers.ts";
import { type ApiEnvironment, createApi } from "./server/api.ts";
import { refuseForeignRequest } from "./server/check-origin.ts";
import { healthRoutes, isHealthCheck } from "./server/health-routes.ts";
import { identify } from "./server/identify.ts";
import { listen } from "./server/listen.ts";
import { setSecurityHeaders } from "./server/security-headers.ts";
import { createUpdateSockets } from "./server/socket.ts";

export interface WebServer {
  /** Without a trailing slash, e.g. http://127.0.0.1:3000 */
  address: string;
  port: number;
  /** Stops answers, connections and pages; the tool service stays with whoever opened it. */
  close(): Promise<void>;
}

export interface WebServerOptions extends Omit<ApiEnvironment, "answers"> {
  environment: WebEnvironment;
  service: ToolService;
  /** Who answers in the chats that are not ours. */
  model: AgentModel;
  log: Logger;
  dev: boolean;
}

/** The composition root: one http server for the API (Hono) and the pages (Next). */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { environment, dev } = options;
  const answers = new ActiveAnswers();
  const api = createApi({ ...options, answers });
  const handleApi = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  const health = healthRoutes(options.service);
  const handleHealth = getRequestListener(health.fetch, { overrideGlobalObjects: false });

  const product: ProductForBots = {
    service: options.service,
    decide: (...decision) => options.owner().decide(...decision),
  };
  const chats = {
    product,
    model: options.model,
    // A loopback address means another machine to whoever reads it in a chat.
    webAddress: environment.publicUrl?.origin ?? null,
    log: options.log,
  };
  const slack = createSlackHandler({ ...chats, settings: slackSettings() });
  const teams = createTeamsHandler({ ...chats, settings: teamsSettings() });
  const mcp = createMcpHandler({ service: options.service, webAddress: chats.webAddress, log: options.log });

  let handlePage: RequestListener | null = null;
  let port = environment.port;
  const server = createServer((request, response) => {
    setSecurityHeaders(request, response, dev);
    // A prober calls by an address of the cluster's, not by one of our names; there is nothing to protect in it.
    if (isHealthCheck(request.url)) return void handleHealth(request, response);
    const refusal = refuseForeignRequest(request, environment, port);
    if (refusal) {
      response.writeHead(403, { "Content-Type": "text/plain; charset=utf-8" }).end(`${refusal}\n`);
    } else if (request.url?.startsWith("/api/")) {
      void handleApi(request, response);
    } else if (request.url === "/slack/events") {
      slack(request, response);
    } else if (request.url === "/teams/messages") {
      teams(request, response);
    } else if (isMcp(request.url)) {
      mcp(request, response);
    } else if (handlePage) {
      handlePage(request, response);
    } else {
      response.writeHead(503, { "Retry-After": "1" }).end("The pages are being opened.\n");
    }
  });
  const sockets = createUpdateSockets({
    subscribe: options.service.subscribe,
    log: options.log,
    async identify(credentials) {
      try {
        return (await identify(options.owner().people, credentials))?.actor ?? null;
      } catch (error) {
        if (AppError.from(error).code === "unauthenticated") return null;
        throw error;
      }
    },
  });
  // Next adds its own listener to the server it is given: this one never listens, so that each upgrade has one door.
  const pageUpgrades = createServer();
  server.on("upgrade", (request, socket, head) => {
    if (refuseForeignRequest(request, environment, port)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    } else if (request.url?.startsWith("/ws/")) {
      sockets.upgrade(request, socket, head);
    } else if (!pageUpgrades.emit("upgrade", request, socket, head)) {
      socket.destroy();
    }
  });
  // Slow or idle clients must not hold connections for ever; answers may stream for minutes.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;

  port = await listen(server, environment.host, environment.port);
  const pages = next({
    dev,
    dir: import.meta.dirname,
    hostname: environment.host,
    port,
    httpServer: pageUpgrades,
    quiet: true,
  });
  await pages.prepare();
  handlePage = pages.getRequestHandler();

  return {
    address: `http://${environment.host.includes(":") ? `[${environment.host}]` : environment.host}:${port}`,
    port,
    async close() {
      await Promise.all([answers.stopAll(), slack.close(), teams.close(), mcp.close()]);
      await sockets.close();
      await closeServer(server);
      await pages.close();
    },
  };
}

/** People paste addresses with a slash at the end. */
const isMcp = (url: string | undefined) => /^\/mcp\/?(\?|$)/.test(url ?? "");

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
