import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "@cloudoptima/tools/log.ts";
import { describe, expect, it } from "vitest";
import { readSlackSettings } from "../chat-settings.ts";
import { createSlackHandler, type SlackHandlerOptions } from "./create-slack-handler.ts";
import { escapeMrkdwn, readMessageText } from "./escape-mrkdwn.ts";

const whole = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_SIGNING_SECRET: "0123456789abcdef",
  SLACK_TEAM_ID: "T1",
  CLOUDOPTIMA_SLACK_ORGANIZATION: "Contoso",
};

describe("Slack's settings", () => {
  it("are all there or none is", () => {
    expect(readSlackSettings({ SLACK_BOT_TOKEN: "" })).toBeNull();
    expect(readSlackSettings(whole)).toMatchObject({ teamId: "T1", organizationName: "Contoso" });
    const { SLACK_SIGNING_SECRET: _, ...part } = whole;
    expect(() => readSlackSettings(part)).toThrow("SLACK_SIGNING_SECRET is missing");
    expect(() => readSlackSettings({ ...whole, SLACK_TEAM_ID: "contoso" })).toThrow("SLACK_TEAM_ID");
  });
});

describe("the Slack route", () => {
  const options = (settings: SlackHandlerOptions["settings"]): SlackHandlerOptions => ({
    settings,
    product: { service: { organizations: async () => [] }, decide: async () => {} } as never,
    model: {} as never,
    webAddress: null,
    log: createLog({ level: "silent" }),
  });
  async function post(handlerOptions: SlackHandlerOptions): Promise<number> {
    const handler = createSlackHandler(handlerOptions);
    const server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { status } = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", body: "{}" });
    await handler.close();
    await new Promise((resolve) => server.close(resolve));
    return status;
  }

  it("does not exist where Slack is not set up", async () => {
    expect(await post(options(null))).toBe(404);
  });

  it("serves nobody for an organization that does not exist", async () => {
    expect(await post(options(readSlackSettings(whole)))).toBe(503);
  });
});

describe("Slack's markup", () => {
  it("is read as what the person meant", () => {
    expect(
      readMessageText(
        "<@UBOT> what did <#C1|finops> &amp; <https://a.example|a.example> cost &gt; 5 <@U2|eve>?",
        "UBOT",
      ),
    ).toBe("what did #finops & a.example cost > 5 eve?");
  });

  it("is never written by a name", () => {
    expect(escapeMrkdwn("<!channel> & <@U1>")).toBe("&lt;!channel&gt; &amp; &lt;@U1&gt;");
  });
});
