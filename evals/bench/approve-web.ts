import { createServer } from "node:http";
import { openProduct, type Product } from "@cloudoptima/tools/product.ts";
import { ActiveAnswers } from "@cloudoptima/web/server/active-answers.ts";
import { createApi } from "@cloudoptima/web/server/api.ts";
import { listen } from "@cloudoptima/web/server/listen.ts";
import { getRequestListener } from "@hono/node-server";

/** The product with its API on loopback, and a browser that one click signed in as the demo's first admin. */
export interface ApproveWeb {
  product: Product;
  organizationId: string;
  /** A POST of that browser; throws unless it is answered with 200. */
  post(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
}

export async function openApproveWeb(env: NodeJS.ProcessEnv): Promise<ApproveWeb> {
  const product = await openProduct({ env, needOwner: true, waitForData: true, logLevel: "error" });
  const { service, owner } = product;
  const api = createApi({
    service,
    owner,
    answers: new ActiveAnswers(),
    openAnswer() {
      throw new Error("Nobody asks in this benchmark.");
    },
    modelLabel: "none",
    demoSignIn: async () => true,
    setupLink: null,
    loading: { current: () => [], problem: () => null },
    log: {
      error(details, message) {
        throw new Error(message, { cause: details.err });
      },
    },
  });
  const server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }));
  const port = await listen(server, "127.0.0.1", 0);
  let cookie = "";
  const send = (path: string, body: object) =>
    fetch(`http://127.0.0.1:${port}/api${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(cookie ? { Cookie: cookie } : {}) },
      body: JSON.stringify(body),
    });
  const signedIn = await send("/session/demo", {});
  cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return {
    product,
    organizationId: (await service.localActor("local", "Contoso")).organizationId,
    async post(path, body) {
      const response = await send(path, body);
      const answer: unknown = await response.json();
      if (response.status !== 200)
        throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
      return answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
    },
  };
}
