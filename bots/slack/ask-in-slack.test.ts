import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { scannedEstate } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { showSourcesAction } from "./answer-blocks.ts";
import { createSlackHandler } from "./create-slack-handler.ts";
import { buttonValue, openSlackWorld, type SlackWorld, teamId, wordsOf } from "./testing/slack-world.ts";

const question = "what did we spend in September 2026 by service?";

// The tools' SQL runs on both engines beside the tools: this is the face.
describeOneEngine("server", { name: "asking in Slack", prepared: scannedEstate() }, (engine) => {
  let world: SlackWorld;
  let channels = 0;
  beforeAll(async () => {
    world = await openSlackWorld(engine.database());
    await world.linked("UALICE", "Alice", "member");
  });
  afterAll(() => world.close());

  /** A channel of its own for each test. */
  const newChannel = (kind: "C" | "D" = "C") => `${kind}${++channels}`;
  async function settled(response: Promise<Response>): Promise<number> {
    const { status } = await response;
    await world.handler.idle();
    return status;
  }

  it("answers a mention in its thread, with figures and the chart as an image", async () => {
    const channel = newChannel();
    const before = world.slack.files.length;
    expect(
      await settled(world.sender.mention({ user: "UALICE", text: question, channel, ts: "1780.1" })),
    ).toBe(200);
    const [answer, ...others] = world.shown(channel);
    expect(others).toEqual([]);
    expect(answer!.threadTs).toBe("1780.1");
    expect(answer!.updateCount).toBeGreaterThan(0);
    expect(wordsOf(answer)).toMatch(/\$[\d,]+/);
    expect(wordsOf(answer)).not.toContain("Working");
    expect(answer!.text).toMatch(/\$[\d,]+/);
    const chart = world.slack.files[before]!;
    expect(chart).toMatchObject({ channel, threadTs: "1780.1", filename: "chart.png" });
    expect(chart.content.subarray(1, 4).toString()).toBe("PNG");
    expect(chart.altText).toMatch(/\$[\d,]+/);
  });

  it("tells where each figure comes from, to whoever presses the button and to them only", async () => {
    const channel = newChannel();
    await settled(world.sender.mention({ user: "UALICE", text: question, channel, ts: "1781.1" }));
    const answer = world.shown(channel)[0]!;
    const value = buttonValue(answer, showSourcesAction)!;
    await settled(
      world.sender.click({
        user: "UALICE",
        actionId: showSourcesAction,
        value,
        channel,
        ts: answer.ts,
        threadTs: "1781.1",
      }),
    );
    const sources = world.shown(channel)[1]!;
    expect(sources).toMatchObject({ onlyFor: "UALICE", threadTs: "1781.1" });
    expect(wordsOf(sources)).toContain("get_cost_breakdown, 1-30 Sep 2026");
    const [figure] = /\$[\d,]+/.exec(wordsOf(answer))!;
    expect(wordsOf(sources)).toContain(figure);
  });

  it("answers a direct message, and understands a follow-up of the same thread", async () => {
    const channel = newChannel("D");
    await settled(world.sender.direct({ user: "UALICE", text: question, channel, ts: "1782.1" }));
    await settled(world.sender.direct({ user: "UALICE", text: "and by region?", channel, ts: "1782.2" }));
    const [first, second] = world.shown(channel);
    expect(first).toMatchObject({ threadTs: null, onlyFor: null });
    expect(wordsOf(second)).toMatch(/September 2026.*West Europe/);
    expect(wordsOf(second)).toMatch(/\$[\d,]+/);
  });

  it("answers once what Slack delivers again, in this process or another", async () => {
    const channel = newChannel();
    const again = { user: "UALICE", text: question, channel, ts: "1783.1" };
    await settled(world.sender.mention(again));
    await settled(
      world.sender.mention({
        ...again,
        headers: { "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout" },
      }),
    );
    const other = createSlackHandler(world.options);
    expect(await world.deliverTo(other, world.sender.last())).toBe(200);
    await other.close();
    expect(world.shown(channel)).toHaveLength(1);
  });

  it("acknowledges before it answers", async () => {
    const channel = newChannel();
    const release = world.slack.hold("chat.postMessage");
    const response = await world.sender.mention({ user: "UALICE", text: question, channel, ts: "1784.1" });
    expect(response.status).toBe(200);
    expect(world.shown(channel)).toEqual([]);
    release();
    await world.handler.idle();
    expect(wordsOf(world.shown(channel)[0])).toMatch(/\$[\d,]+/);
  });

  it("leaves updates out while Slack limits them, and shows the end all the same", async () => {
    const channel = newChannel();
    const waits = world.waits.length;
    for (let failure = 0; failure < 3; failure++) world.slack.failNext("chat.update", { retryAfter: 7 });
    await settled(world.sender.mention({ user: "UALICE", text: question, channel, ts: "1785.1" }));
    world.slack.failures.clear();
    expect(wordsOf(world.shown(channel)[0])).toMatch(/\$[\d,]+/);
    expect(world.waits.slice(waits)).toContain(7_000);
  });

  it("keeps the words when the picture fails", async () => {
    const channel = newChannel();
    world.slack.failNext("files.getUploadURLExternal", { error: "missing_scope" });
    await settled(world.sender.mention({ user: "UALICE", text: question, channel, ts: "1786.1" }));
    expect(wordsOf(world.shown(channel)[0])).toMatch(/\$[\d,]+/);
  });

  describe("answers nobody who is no member:", () => {
    const refused = async (
      send: Parameters<SlackWorld["sender"]["mention"]>[0] & { channel: string },
    ): Promise<string> => {
      const audits = (await world.chat.audited("refuse_chat_request")).length;
      await settled(world.sender.mention(send));
      const shown = world.shown(send.channel);
      expect(shown).toHaveLength(1);
      expect(shown[0]!.onlyFor).toBe(send.user);
      expect(await world.chat.audited("refuse_chat_request")).toHaveLength(audits + 1);
      return shown[0]!.text;
    };

    it("an account that is not linked is told how to link it", async () => {
      world.slackUser("UNEW");
      expect(await refused({ user: "UNEW", text: question, channel: newChannel() })).toMatch(
        /Linked chats.*@cloudoptima in a direct message/,
      );
    });

    it("a guest, also one that was linked before", async () => {
      await world.linked("UGUEST", "Gus", "admin");
      world.slackUser("UGUEST", { is_restricted: true });
      expect(await refused({ user: "UGUEST", text: question, channel: newChannel() })).toMatch(/Guests/);
    });

    it("somebody of another workspace in a shared channel", async () => {
      world.slackUser("UALICE2", { team_id: "TOTHER" });
      const channel = newChannel();
      expect(
        await refused({ user: "UALICE2", text: question, channel, userTeam: "TOTHER", shared: true }),
      ).toMatch(/other workspaces/);
    });

    it("somebody whose account Slack says belongs elsewhere", async () => {
      await world.linked("USTRANGER", "Stan", "admin");
      world.slackUser("USTRANGER", { is_stranger: true });
      expect(await refused({ user: "USTRANGER", text: question, channel: newChannel() })).toMatch(
        /other workspaces/,
      );
    });
  });

  it("tells nothing in a channel that another organization can read", async () => {
    const channel = newChannel();
    await settled(world.sender.mention({ user: "UALICE", text: question, channel, shared: true }));
    const [only, ...others] = world.shown(channel);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ onlyFor: "UALICE" });
    expect(only!.text).toMatch(/shared with another organization/);
  });

  it("goes by the member's role of this moment", async () => {
    const audrey = await world.linked("UAUDIT", "Audrey", "member");
    await world.chat.setRole(audrey, "auditor");
    const channel = newChannel();
    await settled(world.sender.mention({ user: "UAUDIT", text: question, channel }));
    expect(world.shown(channel)[0]).toMatchObject({
      onlyFor: "UAUDIT",
      text: expect.stringMatching(/permission conversations:own/),
    });
  });

  it("takes edits, joins and other bots for no questions", async () => {
    const channel = newChannel("D");
    for (const subtype of ["message_changed", "channel_join", "bot_message"]) {
      await settled(world.sender.direct({ user: "UALICE", text: question, channel, subtype }));
    }
    expect(world.shown(channel)).toEqual([]);
  });

  describe("linking by a code", () => {
    const call = async (name: string, input: unknown, actor: Parameters<SlackWorld["chat"]["link"]>[0]) =>
      (await world.chat.product.service.invoke({ actor, name, input, source: "web" })).output;

    it("is done in a direct message and counts once the web has confirmed it", async () => {
      world.slackUser("UBOB", { real_name: "Bob \u202eExample\n<!channel>", name: "bob" });
      const bob = await world.chat.person("Bob", "viewer");
      const { code } = await call("create_chat_link_code", { platform: "slack" }, bob);
      const channel = newChannel("D");
      await settled(world.sender.direct({ user: "UBOB", text: String(code).toLowerCase(), channel }));
      expect(world.shown(channel)[0]!.text).toMatch(
        /confirm that Bob Example &lt;!channel&gt; \(@bob\) is Bob\b/,
      );
      const { links } = await call("list_chat_links", {}, bob);
      expect(links).toMatchObject([
        {
          status: "waiting",
          chatName: "Bob Example <!channel> (@bob)",
          memberName: "Bob",
          chatUserId: "UBOB",
        },
      ]);
      await settled(world.sender.direct({ user: "UBOB", text: question, channel }));
      expect(world.shown(channel)[1]!.text).toMatch(/Linked chats/);
      await call("confirm_chat_link", { id: (links as { id: string }[])[0]!.id }, bob);
      await settled(world.sender.direct({ user: "UBOB", text: question, channel }));
      expect(wordsOf(world.shown(channel)[2])).toMatch(/\$[\d,]+/);
    });

    it("is refused to guests and strangers, and in a channel", async () => {
      const carol = await world.chat.person("Carol", "admin");
      const { code } = await call("create_chat_link_code", { platform: "slack" }, carol);
      world.slackUser("UGUEST2", { is_ultra_restricted: true });
      const direct = newChannel("D");
      await settled(world.sender.direct({ user: "UGUEST2", text: String(code), channel: direct }));
      expect(world.shown(direct)[0]!.text).toMatch(/Guests/);
      await settled(
        world.sender.direct({ user: "UOUT", text: String(code), channel: direct, userTeam: "TOTHER" }),
      );
      expect(world.shown(direct)[1]!.text).toMatch(/other workspaces/);
      world.slackUser("UCAROL");
      const channel = newChannel();
      await settled(world.sender.mention({ user: "UCAROL", text: String(code), channel }));
      expect(world.shown(channel)[0]).toMatchObject({ onlyFor: "UCAROL" });
      expect(world.shown(channel)[0]!.text).toMatch(/direct message/);
      expect((await call("list_chat_links", {}, carol)).links).toEqual([]);
    });

    it("says after five wrong codes to wait", async () => {
      world.slackUser("UGUESS");
      const channel = newChannel("D");
      for (let attempt = 0; attempt < 6; attempt++) {
        await settled(world.sender.direct({ user: "UGUESS", text: "2222-3333", channel }));
      }
      const texts = world.shown(channel).map(({ text }) => text);
      expect(texts.slice(0, 5).every((text) => text.includes("wrong, used or older"))).toBe(true);
      expect(texts[5]).toMatch(/too many codes/);
    });
  });

  it("tells the web in which workspace it can be written to", async () => {
    const { workspaces } = (
      await world.chat.product.service.invoke({
        actor: await world.chat.person("Dora", "viewer"),
        name: "list_chat_links",
        input: {},
        source: "web",
      })
    ).output as { workspaces: unknown[] };
    expect(workspaces).toMatchObject([
      { platform: "slack", teamId, teamName: "Contoso", botName: "@cloudoptima" },
    ]);
  });
});
