import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "@cloudoptima/tools/log.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFrontDoor, type LetIn } from "./front-door.ts";
import { TeamsAdapter } from "./teams-adapter.ts";
import { publicTeamsEndpoints } from "./teams-endpoints.ts";
import { type FakeConnector, startFakeConnector, type TokenOptions } from "./testing/fake-connector.ts";

const settings = {
  appId: "11111111-1111-4111-8111-111111111111",
  appPassword: "a client secret of the test",
  tenantId: "22222222-2222-4222-8222-222222222222",
  organizationName: "Contoso",
};

describe("the Teams front door", () => {
  let connector: FakeConnector;
  let url: string;
  let stop: () => Promise<void>;
  const letIn: LetIn[] = [];
  const refused: string[] = [];
  beforeAll(async () => {
    connector = await startFakeConnector(settings);
    const { endpoints } = connector;
    const door = createFrontDoor({
      appId: settings.appId,
      endpoints,
      adapter: new TeamsAdapter(settings, endpoints),
      log: createLog({ level: "silent" }),
      now: Date.now,
      onRefused: (reason) => refused.push(reason),
    });
    const server = createServer((request, response) => {
      void door(request, response).then((arrived) => {
        if (!arrived) return;
        letIn.push(arrived);
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
    };
  });
  afterAll(() => stop());

  const activity = (more: Record<string, unknown> = {}) => ({
    type: "message",
    id: "1",
    channelId: "msteams",
    serviceUrl: connector.serviceUrl,
    from: { id: "29:a" },
    recipient: { id: "28:bot" },
    conversation: { id: "a:1" },
    text: "hello",
    ...more,
  });

  const post = async (authorization: string, body: unknown = activity()): Promise<number> => {
    const { status } = await fetch(url, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: authorization ? { Authorization: authorization } : {},
    });
    return status;
  };
  const signed = async (token?: TokenOptions) => `Bearer ${await connector.sign(token)}`;

  it("does not guess when the keys cannot be read", async () => {
    connector.failNext("keys", { status: 500 });
    expect(await post(await signed())).toBe(503);
    expect([letIn, refused]).toEqual([[], []]);
  });

  it("lets the Bot Connector in, with what the bot reads of its activity and nothing else", async () => {
    expect(await post(await signed(), activity({ deliveryMode: "expectReplies", callerId: "urn:x" }))).toBe(
      200,
    );
    expect(letIn.pop()!.activity).toEqual(activity());
  });

  const other = "99999999-9999-4999-8999-999999999999";
  it.each<[what: string, reason: RegExp, token: () => Promise<string> | string]>([
    ["no token", /no token/, () => ""],
    ["another scheme", /no token/, async () => `Basic ${await connector.sign()}`],
    ["a token without a signature", /no token/, async () => `${(await signed()).replace(/\.[^.]*$/, ".")}`],
    ["a changed signature", /signature/, async () => (await signed()).slice(0, -8).concat("AAAAAAAA")],
    ["a forged key", /signature/, () => signed({ key: "unpublished" })],
    ["an unknown key", /unknown key/, () => signed({ key: "unpublished", keyId: "key-9" })],
    ["a key of another channel", /not endorsed/, () => signed({ key: "unendorsed" })],
    ["another bot's token", /"aud"/, () => signed({ audience: other })],
    ["an expired token", /"exp"/, () => signed({ expiresIn: -301 })],
    ["another issuer", /"iss"/, () => signed({ issuer: "https://api.botframework.example" })],
    [
      "an emulator's or another bot's issuer",
      /"iss"/,
      () => signed({ issuer: `https://sts.windows.net/${settings.tenantId}/` }),
    ],
    [
      "a token for another service address",
      /another service address/,
      () => signed({ serviceUrl: "https://smba.trafficmanager.net/emea/" }),
    ],
    ["an unsigned token", /alg/, () => unsigned()],
  ])("refuses %s", async (_, reason, token) => {
    expect(await post(await token())).toBe(401);
    expect(letIn).toEqual([]);
    expect(refused.pop()).toMatch(reason);
  });

  function unsigned(): string {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      iss: "https://api.botframework.com",
      aud: settings.appId,
      serviceurl: connector.serviceUrl,
    };
    return `Bearer ${encode({ alg: "none", kid: "key-1" })}.${encode({ ...claims, exp: 4e9 })}.AAAA`;
  }

  it("refuses a service address that is none of the Connector's, also when its token names it", async () => {
    const serviceUrl = "https://connector.evil.example/";
    expect(await post(await signed({ serviceUrl }), activity({ serviceUrl }))).toBe(401);
    expect(refused.pop()).toMatch(/none of the Bot Connector's/);
  });

  it("takes activities of Teams only", async () => {
    for (const body of [
      "{",
      "[]",
      activity({ channelId: "emulator" }),
      activity({ channelId: "AseChannel" }),
    ]) {
      expect(await post(await signed(), body)).toBe(400);
    }
    expect((await fetch(url)).status).toBe(405);
    expect(await post(await signed(), "x".repeat(1_000_001))).toBe(413);
    expect(letIn).toEqual([]);
  });
});

describe("the Bot Framework behind it", () => {
  it("checks tokens also for a bot without an id, where it would let everybody in by itself", async () => {
    const adapter = new TeamsAdapter({ ...settings, appId: settings.appId }, publicTeamsEndpoints);
    const activity = { channelId: "msteams", serviceUrl: "https://smba.trafficmanager.net/emea/" } as never;
    await expect(adapter.authenticate(activity, "")).rejects.toThrow("not authorized");
    expect(() => new TeamsAdapter({ ...settings, appId: "" }, publicTeamsEndpoints)).toThrow(
      "MicrosoftAppId",
    );
  });
});

describe("service addresses", () => {
  it.each([
    ["https://smba.trafficmanager.net/emea/", true],
    ["https://SMBA.trafficmanager.net/amer/tenant/", true],
    ["http://smba.trafficmanager.net/emea/", false],
    ["https://evil.trafficmanager.net/", false],
    ["https://smba.trafficmanager.net.evil.example/", false],
    ["https://smba.trafficmanager.net@evil.example/", false],
    ["https://smba.trafficmanager.net:8443/", false],
    ["https://127.0.0.1/", false],
  ])("%s: %s", (address, allowed) => {
    expect(publicTeamsEndpoints.isServiceUrl(new URL(address))).toBe(allowed);
  });
});
