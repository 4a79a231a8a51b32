import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { scannedEstate } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveHandler } from "../testing/serve-handler.ts";
import { createTeamsHandler } from "./create-teams-handler.ts";
import type { RosterEntry } from "./testing/fake-connector.ts";
import type { ActivityOptions } from "./testing/teams-sender.ts";
import { openTeamsWorld, type TeamsWorld, wordsOf } from "./testing/teams-world.ts";

const question = "what did we spend in September 2026 by service?";

// The tools' SQL runs on both engines beside the tools: this is the face.
describeOneEngine("server", { name: "asking in Teams", prepared: scannedEstate() }, (engine) => {
  let world: TeamsWorld;
  let alice: RosterEntry;
  let count = 0;
  beforeAll(async () => {
    world = await openTeamsWorld(engine.database());
    alice = (await world.linked("Alice", "member")).user;
  });
  afterAll(() => world.close());

  /** A thread of its own for each test. */
  const newThread = () => `19:finops@thread.tacv2;messageid=${1_790_000 + ++count}`;
  const ask = (conversation: string, text = question, more: Partial<ActivityOptions> = {}) =>
    world.settled(world.sender.mention(text, { user: alice, kind: "channel", conversation, ...more }));

  it("answers a mention in the channel's thread, with figures, their sources and the chart as a picture", async () => {
    const thread = newThread();
    expect(await ask(thread)).toBe(200);
    const [answer, chart, ...others] = world.shown(thread);
    expect(others).toEqual([]);
    expect(world.connector.typing).toContain(thread);
    expect(answer!.updateCount).toBeGreaterThan(0);
    expect(wordsOf(answer)).toMatch(/\$[\d,]+/);
    expect(wordsOf(answer)).not.toContain("Working");
    const [figure] = /\$[\d,]+/.exec(wordsOf(answer))!;
    const sources = answer!.card!.actions!.find(({ title }) => title === "Where from");
    expect(JSON.stringify(sources)).toContain("get_cost_breakdown, 1-30 Sep 2026");
    expect(JSON.stringify(sources)).toContain(figure);
    const image = chart!.card!.body[0]!;
    if (image.type !== "Image") throw new Error("The chart is no picture.");
    expect(image.altText).toMatch(/\$[\d,]+/);
    const png = Buffer.from(image.url.split(",")[1]!, "base64");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(Math.max(png.readUInt32BE(16), png.readUInt32BE(20))).toBeLessThanOrEqual(1_024);
  });

  it("begins a thread under a message that has none", async () => {
    await ask("19:new@thread.tacv2", question, { id: "1799001" });
    expect(wordsOf(world.shown("19:new@thread.tacv2;messageid=1799001")[0])).toMatch(/\$[\d,]+/);
  });

  it("answers a message in the personal chat, and understands a follow-up", async () => {
    const conversation = "a:personal-1";
    await world.settled(world.sender.say(question, { user: alice, conversation }));
    await world.settled(world.sender.say("and by region?", { user: alice, conversation }));
    const answers = world.shown(conversation).filter(({ card }) => card?.body[0]?.type !== "Image");
    expect(answers).toHaveLength(2);
    expect(wordsOf(answers[1])).toMatch(/September 2026.*West Europe/);
  });

  it("answers once what Teams delivers again, in this process or another", async () => {
    const thread = newThread();
    await ask(thread);
    const shown = world.shown(thread).length;
    const again = world.sender.last();
    await world.settled(world.sender.send(again));
    const other = createTeamsHandler(world.options);
    const beside = await serveHandler(other, "/teams/messages");
    expect((await fetch(beside.url, { method: "POST", ...again })).status).toBe(200);
    await other.idle();
    await other.close();
    await beside.close();
    expect(world.shown(thread)).toHaveLength(shown);
  });

  it("waits out rate limits, and gets past an error of Teams", async () => {
    const thread = newThread();
    const waits = world.waits.length;
    world.connector.failNext("member", { status: 429 });
    world.connector.failNext("post", { status: 429 });
    world.connector.failNext("post", { status: 500 });
    await ask(thread, question, { user: (await world.linked("Anna", "viewer")).user });
    expect(wordsOf(world.shown(thread)[0])).toMatch(/\$[\d,]+/);
    expect(world.waits.slice(waits)).toEqual([1_000, 1_000]);
  });

  it("keeps the words when the picture fails", async () => {
    const thread = newThread();
    const before = world.connector.messages.length;
    // The answer is posted first, then the picture.
    world.connector.failPost((body) => body.includes("data:image/png"), { status: 413 });
    await ask(thread);
    expect(world.connector.messages).toHaveLength(before + 1);
    expect(wordsOf(world.shown(thread)[0])).toMatch(/\$[\d,]+/);
  });

  it("leaves what is not said to it alone", async () => {
    const thread = newThread();
    const options: ActivityOptions = { user: alice, kind: "channel", conversation: thread };
    await world.settled(world.sender.say(question, options));
    await world.settled(world.sender.activity({ type: "conversationUpdate" }, options));
    await world.settled(
      world.sender.mention(question, { ...options, user: { ...alice, id: "28:other-bot" } }),
    );
    expect(world.shown(thread)).toEqual([]);
  });

  describe("answers nobody who is no member:", () => {
    const refused = async (user: RosterEntry, more: Partial<ActivityOptions> = {}): Promise<string> => {
      const audits = (await world.chat.audited("refuse_chat_request")).length;
      const thread = newThread();
      await ask(thread, question, { user, ...more });
      expect(world.shown(thread)).toHaveLength(1);
      const after = await world.chat.audited("refuse_chat_request");
      expect(after).toHaveLength(audits + 1);
      expect(after.at(-1)).toMatchObject({ outcome: "refused", source: "teams" });
      return wordsOf(world.shown(thread)[0]);
    };

    it("an account that is not linked is told how to link it", async () => {
      expect(await refused(world.account("Nora"))).toMatch(/Linked chats.*CloudOptima in a direct message/);
    });

    it("a guest, also a linked one", async () => {
      const { user } = await world.linked("Gina", "admin");
      world.account("Gina", { ...user, userRole: "guest" });
      expect(await refused(user)).toMatch(/Guests/);
      const ext = (await world.linked("Extra", "admin")).user;
      world.account("Extra", { ...ext, userPrincipalName: "extra_other.example#EXT#@contoso.example" });
      expect(await refused(ext)).toMatch(/Guests/);
    });

    it("somebody of another tenant, by the activity or by the roster", async () => {
      expect(await refused(alice, { tenant: "33333333-3333-4333-8333-333333333333" })).toMatch(
        /other organizations/,
      );
      const { user } = await world.linked("Tina", "admin");
      world.account("Tina", { ...user, tenantId: "33333333-3333-4333-8333-333333333333" });
      expect(await refused(user)).toMatch(/other organizations/);
    });

    it("somebody whom the roster knows as another account, or not at all", async () => {
      const { user } = await world.linked("Rita", "admin");
      expect(await refused({ ...user, id: "29:Alice" })).toMatch(/no person of this organization/);
      expect(await refused({ ...user, id: "29:gone" })).toMatch(/not in this conversation/);
    });
  });

  it("tells nothing where another organization reads along", async () => {
    const thread = newThread();
    await ask(thread, question, { channelType: "shared" });
    expect(wordsOf(world.shown(thread)[0])).toMatch(/another organization/);
    const foreign = { ...alice, id: "29:f", tenantId: "33333333-3333-4333-8333-333333333333" };
    world.connector.chats.set("19:mixed@thread.v2", [alice, foreign]);
    world.connector.chats.set("19:ours@thread.v2", [alice]);
    for (const conversation of ["19:mixed@thread.v2", "19:ours@thread.v2"]) {
      await world.settled(world.sender.mention(question, { user: alice, kind: "groupChat", conversation }));
    }
    expect(wordsOf(world.shown("19:mixed@thread.v2")[0])).toMatch(/another organization/);
    expect(wordsOf(world.shown("19:ours@thread.v2")[0])).toMatch(/\$[\d,]+/);
  });

  it("links an account by a code typed in the personal chat, once the web has confirmed it", async () => {
    const lena = await world.chat.person("Lena", "member");
    const user = world.account("Lena");
    const call = async (name: string, input: unknown) =>
      (await world.chat.product.service.invoke({ actor: lena, name, input, source: "web" })).output;
    const { code } = (await call("create_chat_link_code", { platform: "teams" })) as { code: string };
    const thread = newThread();
    await ask(thread, code, { user });
    expect(wordsOf(world.shown(thread)[0])).toMatch(/in a chat with me alone/);
    const conversation = "a:lena";
    await world.settled(world.sender.say(code, { user, conversation }));
    expect(wordsOf(world.shown(conversation)[0])).toMatch(
      /Almost done: .* confirm that Lena \(lena@contoso.example\) is Lena/,
    );
    await world.settled(world.sender.say(question, { user, conversation }));
    expect(wordsOf(world.shown(conversation)[1])).toMatch(/Linked chats/);
    const { links } = (await call("list_chat_links", {})) as { links: { id: string }[] };
    await call("confirm_chat_link", { id: links[0]!.id });
    await world.settled(world.sender.say(question, { user, conversation }));
    expect(wordsOf(world.shown(conversation)[2])).toMatch(/\$[\d,]+/);
  });
});
