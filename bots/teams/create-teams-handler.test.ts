import { createLog } from "@cloudoptima/tools/log.ts";
import { describe, expect, it } from "vitest";
import { readTeamsSettings } from "../chat-settings.ts";
import { serveHandler } from "../testing/serve-handler.ts";
import { createTeamsHandler, type TeamsHandlerOptions } from "./create-teams-handler.ts";
import { readQuestion, readSender, type TeamsActivity } from "./read-activity.ts";

const whole = {
  TEAMS_APP_ID: "11111111-1111-4111-8111-11111111111A",
  TEAMS_APP_PASSWORD: "0123456789abcdef",
  TEAMS_TENANT_ID: "22222222-2222-4222-8222-222222222222",
  CLOUDOPTIMA_TEAMS_ORGANIZATION: "Contoso",
};

describe("Teams' settings", () => {
  it("are all there or none is", () => {
    expect(readTeamsSettings({ TEAMS_APP_ID: "" })).toBeNull();
    expect(readTeamsSettings(whole)).toEqual({
      appId: whole.TEAMS_APP_ID.toLowerCase(),
      appPassword: whole.TEAMS_APP_PASSWORD,
      tenantId: whole.TEAMS_TENANT_ID,
      organizationName: "Contoso",
    });
    // Without an id the Bot Framework would let everybody in.
    expect(() => readTeamsSettings({ ...whole, TEAMS_APP_ID: "" })).toThrow("TEAMS_APP_ID is missing");
    expect(() => readTeamsSettings({ ...whole, TEAMS_APP_ID: "bot" })).toThrow("TEAMS_APP_ID must be");
    expect(() => readTeamsSettings({ ...whole, TEAMS_TENANT_ID: "common" })).toThrow("TEAMS_TENANT_ID");
  });
});

describe("the Teams route", () => {
  async function post(settings: TeamsHandlerOptions["settings"]): Promise<number> {
    const handler = createTeamsHandler({
      settings,
      product: { service: { organizations: async () => [] }, decide: async () => {} } as never,
      model: {} as never,
      webAddress: null,
      log: createLog({ level: "silent" }),
    });
    const server = await serveHandler(handler, "/teams/messages");
    const { status } = await fetch(server.url, { method: "POST", body: "{}" });
    await handler.close();
    await server.close();
    return status;
  }

  it("does not exist where Teams is not set up", async () => {
    expect(await post(null)).toBe(404);
  });

  it("serves nobody for an organization that does not exist", async () => {
    expect(await post(readTeamsSettings(whole))).toBe(503);
  });
});

describe("an activity of Teams", () => {
  const ours = whole.TEAMS_TENANT_ID;
  const activity = (more: Partial<TeamsActivity>): TeamsActivity => ({
    type: "message",
    id: "1",
    channelId: "msteams",
    serviceUrl: "https://smba.trafficmanager.net/emea/",
    from: { id: "29:a", aadObjectId: "A" },
    recipient: { id: "28:bot" },
    conversation: { id: "a:1", tenantId: ours, conversationType: "personal" },
    ...more,
  });

  it("is read as what the person meant", () => {
    const text = "<at>Cost Bot</at>&nbsp;what did\n<at>Eve</at> spend on R&amp;D &gt; 5 <at id='1'>x</at>?";
    const entities = [
      { type: "mention", text: "<at>Cost Bot</at>", mentioned: { id: "28:bot", name: "Cost Bot" } },
      { type: "mention", text: "<at>Eve</at>", mentioned: { id: "29:eve", name: "Eve" } },
      { type: "clientInfo" },
    ];
    expect(readQuestion(activity({ text, entities }), ours)!.text).toBe("what did Eve spend on R&D > 5 x ?");
  });

  it("belongs to the first foreign tenant that it names, and to nobody's when it names none", () => {
    const conversation = { id: "a:1", conversationType: "personal" };
    const tenantOf = (more: Partial<TeamsActivity>) => readSender(activity(more), ours).tenantId;
    expect(tenantOf({})).toBe(ours);
    expect(tenantOf({ channelData: { tenant: { id: "other" } } })).toBe("other");
    expect(tenantOf({ from: { id: "29:a", tenantId: "other" } })).toBe("other");
    expect(tenantOf({ conversation })).toBe("unknown");
  });
});
