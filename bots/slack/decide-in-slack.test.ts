import { randomUUID } from "node:crypto";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { startOpenAiServer } from "@cloudoptima/agent/testing/openai-server.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { scannedEstate } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPayload } from "../approvals.ts";
import { approveAction, rejectAction } from "./proposal-blocks.ts";
import type { ShownMessage } from "./testing/fake-slack.ts";
import { buttonValue, openSlackWorld, type SlackWorld, wordsOf } from "./testing/slack-world.ts";

interface Posted {
  id: string;
  planHash: string;
  channel: string;
  /** The card as it stands now. */
  card(): ShownMessage;
  press(user: string, more?: Partial<Parameters<SlackWorld["sender"]["click"]>[0]>): Promise<number>;
  /** What only this person was told. */
  told(user: string): string[];
  status(): Promise<string>;
}

// The gate's own SQL runs on both engines in tools/remediation, the links' in tools/access/chat-links: this is the face.
describeOneEngine("server", { name: "deciding in Slack", prepared: scannedEstate() }, (engine) => {
  let world: SlackWorld;
  let vms: string[];
  let count = 0;
  beforeAll(async () => {
    world = await openSlackWorld(engine.database());
    vms = world.chat.gate.tenant.truth.waste
      .filter(({ type }) => type === "idle_vm")
      .map(({ resourceId }) => resourceId);
    await world.linked("UMARY", "Mary", "member");
    await world.linked("UADAM", "Adam", "admin");
    await world.linked("UEVE", "Eve", "admin");
    await world.linked("UVERA", "Vera", "viewer");
  });
  afterAll(() => world.close());

  async function settled(response: Promise<Response>): Promise<number> {
    const { status } = await response;
    await world.handler.idle();
    return status;
  }

  /** Mary asks in a channel, a model proposes in her name, and the card stands in the thread. */
  async function proposeInSlack(input: Record<string, unknown>): Promise<Posted> {
    const server = await startOpenAiServer([
      { call: { name: "propose_change", arguments: JSON.stringify(input) } },
      { text: "It waits for approval." },
    ]);
    world.useModel(selectModel({ MODEL: "test", OPENAI_API_KEY: "key", OPENAI_BASE_URL: server.url }));
    const channel = `C${++count}`;
    await settled(world.sender.mention({ user: "UMARY", text: "please", channel, ts: `1790.${count}` }));
    await server.close();
    const { ts } = world.shown(channel).find((message) => buttonValue(message, rejectAction))!;
    const card = () => world.shown(channel).find((message) => message.ts === ts)!;
    const value = buttonValue(card(), approveAction) ?? buttonValue(card(), rejectAction)!;
    const { proposalId: id, planHash } = readPayload(value);
    return {
      id,
      planHash,
      channel,
      card,
      press: (user, more) =>
        settled(
          world.sender.click({
            user,
            actionId: approveAction,
            value,
            channel,
            ts,
            threadTs: card().threadTs,
            ...more,
          }),
        ),
      told: (user) => world.shown(channel).flatMap(({ onlyFor, text }) => (onlyFor === user ? [text] : [])),
      status: async () => (await world.chat.gate.show(id)).status,
    };
  }

  /** A change of its own for each test: the same change asked twice is one proposal. */
  const proposeTag = (name = `Ticket-${randomUUID().slice(0, 8)}`) =>
    proposeInSlack({ change: "add_tags", resources: [vms[0]], tags: [{ name, value: randomUUID() }] });

  it("shows the plan: each resource with its full id, saving, risk, undo, who must approve and until when", async () => {
    const posted = await proposeInSlack({ change: "stop_vm", resources: vms.slice(0, 2) });
    expect(posted.card()).toMatchObject({ channel: posted.channel, onlyFor: null });
    const words = wordsOf(posted.card());
    for (const id of vms.slice(0, 2)) {
      expect(words).toContain(id);
      expect(words).toContain(id.split("/").at(-1));
    }
    expect(words).toContain("Stop 2 virtual machines");
    expect(words).toMatch(/\$[\d,.]+ a month at your rates/);
    expect(words).toMatch(/Risk:\s+(Low|Medium|High)/);
    expect(words).toMatch(/Undo:\s+\S/);
    expect(words).toMatch(/Proposed by:\s+Mary, in the chat/);
    expect(words).toMatch(/Needs:\s+1 approval, until \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    expect(words).toContain("Waiting for approval");
    const payload = { proposalId: posted.id, planHash: posted.planHash };
    for (const action of [approveAction, rejectAction]) {
      expect(buttonValue(posted.card(), action)).toBe(`${payload.proposalId}:${payload.planHash}`);
    }
  });

  it("approves by a member's click; the card changes in place for everyone until the change is done", async () => {
    const posted = await proposeTag();
    const writes = world.chat.gate.writeCount();
    const messages = world.shown(posted.channel).length;
    expect(await posted.press("UADAM")).toBe(200);
    expect(await posted.status()).toBe("approved");
    expect(wordsOf(posted.card())).toMatch(/Approved by Adam in Slack, \d/);
    expect(buttonValue(posted.card(), approveAction)).toBeUndefined();
    await world.chat.gate.worker().runDue();
    await world.handler.idle();
    await expect.poll(() => wordsOf(posted.card())).toMatch(/✓ Done/);
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
    expect(world.shown(posted.channel)).toHaveLength(messages);
    const audits = await world.chat.audited("approve_proposal");
    expect(audits.at(-1)).toMatchObject({ outcome: "done", source: "slack", details: { via: "slack" } });
  });

  it("changes every card of a proposal, also one that is decided in the web, and goes on past a deleted one", async () => {
    const posted = await proposeTag();
    const show = async (channel: string) => {
      const server = await startOpenAiServer([
        { call: { name: "get_proposal", arguments: JSON.stringify({ id: posted.id }) } },
        { text: "This one." },
      ]);
      world.useModel(selectModel({ MODEL: "test", OPENAI_API_KEY: "key", OPENAI_BASE_URL: server.url }));
      await settled(world.sender.mention({ user: "UVERA", text: "show it", channel, ts: "1791.1" }));
      await server.close();
      return world.shown(channel).find((message) => buttonValue(message, rejectAction))!;
    };
    const deleted = await show("Cdeleted");
    world.slack.messages.splice(world.slack.messages.indexOf(deleted), 1);
    const second = await show("Csecond");
    const eve = await world.chat.person("Eva", "admin");
    await world.chat.product.decide(
      eve,
      { door: "session", freshSignIn: true, demoSignIn: false },
      { proposalId: posted.id, planHash: posted.planHash, decision: "reject", reason: "not now" },
      "web",
    );
    for (const card of [posted.card, () => second]) {
      await expect.poll(() => wordsOf(card())).toMatch(/Rejected by Eva in the web, .*: not now/);
      expect(buttonValue(card(), rejectAction)).toBeUndefined();
    }
  });

  it("asks for the reason of a rejection, shows it and keeps it", async () => {
    const posted = await proposeTag();
    await posted.press("UADAM", { actionId: rejectAction });
    const view = world.slack.views.at(-1)!;
    expect(view).toMatchObject({ type: "modal", title: { text: "Reject this change" } });
    expect(await posted.status()).toBe("proposed");
    await settled(world.sender.submit({ user: "UADAM", view, reason: "needed for\nthe <!here> audit" }));
    expect(await posted.status()).toBe("rejected");
    expect(wordsOf(posted.card())).toMatch(/Rejected by Adam in Slack, .*: needed for the <!here> audit/);
    expect(posted.card().text).not.toContain("<!here>");
    await posted.press("UEVE");
    expect(posted.told("UEVE")).toEqual([expect.stringMatching(/already rejected/)]);
    expect(await posted.status()).toBe("rejected");
  });

  it("waits for two people where the risk is high, and counts one person once", async () => {
    const posted = await proposeTag("Environment");
    expect(wordsOf(posted.card())).toMatch(/Risk:\s+High.*0 of 2 approvals, by different people/);
    await posted.press("UADAM");
    expect(await posted.status()).toBe("proposed");
    expect(wordsOf(posted.card())).toMatch(/1 of 2 approvals.*Approved by Adam in Slack/);
    await posted.press("UADAM", { ts: posted.card().ts });
    expect(posted.told("UADAM")).toEqual([expect.stringMatching(/decided on this proposal already/)]);
    expect(await posted.status()).toBe("proposed");
    const writes = world.chat.gate.writeCount();
    await posted.press("UEVE");
    expect(await posted.status()).toBe("approved");
    await world.chat.gate.worker().runDue();
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
  });

  it("lets two people at the same moment, and a double click, approve once", async () => {
    const posted = await proposeTag();
    const presses = ["UADAM", "UEVE", "UADAM", "UEVE"].map((user) =>
      world.sender.click({
        user,
        actionId: approveAction,
        value: `${posted.id}:${posted.planHash}`,
        channel: posted.channel,
        ts: posted.card().ts,
        threadTs: posted.card().threadTs,
      }),
    );
    expect((await Promise.all(presses)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await world.handler.idle();
    expect(await posted.status()).toBe("approved");
    expect((await world.chat.gate.show(posted.id)).approvals).toHaveLength(1);
    expect([...posted.told("UADAM"), ...posted.told("UEVE")]).toHaveLength(3);
    const writes = world.chat.gate.writeCount();
    await world.chat.gate.worker().runDue();
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
  });

  describe("executes nothing, says why and audits it:", () => {
    type Case = [
      what: string,
      send: (posted: Posted) => Promise<number>,
      expected: { status: number; told: [user: string, words: RegExp] | null; audit: string; reason: RegExp },
    ];
    const seconds = () => Math.floor(Date.now() / 1_000);
    const cases: Case[] = [
      [
        "a forged signature",
        (posted) => posted.press("UADAM", { secret: "not the signing secret" }),
        { status: 401, told: null, audit: "refuse_chat_request", reason: /signature mismatch/ },
      ],
      [
        "no signature",
        (posted) => posted.press("UADAM", { signature: "" }),
        { status: 401, told: null, audit: "refuse_chat_request", reason: /signature/ },
      ],
      [
        "a signature of another body",
        async (posted) => {
          await posted.press("UVERA");
          const { body, headers } = world.sender.last();
          return settled(world.sender.send({ body: body.replaceAll("UVERA", "UADAM"), headers }));
        },
        { status: 401, told: null, audit: "refuse_chat_request", reason: /signature mismatch/ },
      ],
      [
        "an old request",
        (posted) => posted.press("UADAM", { timestamp: seconds() - 301 }),
        { status: 401, told: null, audit: "refuse_chat_request", reason: /stale/ },
      ],
      [
        "a request from the future",
        (posted) => posted.press("UADAM", { timestamp: seconds() + 400 }),
        { status: 401, told: null, audit: "refuse_chat_request", reason: /future/ },
      ],
      [
        "somebody of another workspace",
        (posted) => posted.press("UADAM", { teamId: "TOTHER" }),
        {
          status: 200,
          told: ["UADAM", /other workspaces/],
          audit: "refuse_chat_request",
          reason: /other workspaces/,
        },
      ],
      [
        "a linked admin who has become a guest",
        async (posted) => {
          await world.linked("UGUEST", "Gus", "admin");
          world.slackUser("UGUEST", { is_restricted: true });
          return posted.press("UGUEST");
        },
        { status: 200, told: ["UGUEST", /Guests/], audit: "refuse_chat_request", reason: /Guests/ },
      ],
      [
        "an account that is not linked",
        (posted) => {
          world.slackUser("UNEW");
          return posted.press("UNEW");
        },
        { status: 200, told: ["UNEW", /Linked chats/], audit: "refuse_chat_request", reason: /which member/ },
      ],
      [
        "an account whose link was removed",
        async (posted) => {
          const paul = await world.linked("UPAUL", "Paul", "admin");
          const { service } = world.chat.product;
          const call = (name: string, input: unknown) =>
            service.invoke({ actor: paul, name, input, source: "web" });
          const { links } = (await call("list_chat_links", {})).output as { links: { id: string }[] };
          await call("remove_chat_link", { id: links[0]!.id });
          return posted.press("UPAUL");
        },
        {
          status: 200,
          told: ["UPAUL", /Linked chats/],
          audit: "refuse_chat_request",
          reason: /which member/,
        },
      ],
      [
        "a viewer",
        (posted) => posted.press("UVERA"),
        { status: 200, told: ["UVERA", /viewer/], audit: "approve_proposal", reason: /viewer/ },
      ],
      [
        "the proposer",
        (posted) => posted.press("UMARY"),
        { status: 200, told: ["UMARY", /You proposed/], audit: "approve_proposal", reason: /You proposed/ },
      ],
      [
        "a wrong hash",
        (posted) => posted.press("UADAM", { value: `${posted.id}:${"0".repeat(64)}` }),
        { status: 200, told: ["UADAM", /not the plan/], audit: "approve_proposal", reason: /not the plan/ },
      ],
      [
        "a proposal that is not of this organization",
        (posted) => posted.press("UADAM", { value: `${randomUUID()}:${posted.planHash}` }),
        {
          status: 200,
          told: ["UADAM", /no such proposal/],
          audit: "approve_proposal",
          reason: /no such proposal/,
        },
      ],
      [
        "a rejection of a viewer",
        async (posted) => {
          await posted.press("UVERA", { actionId: rejectAction });
          const view = world.slack.views.at(-1)!;
          return settled(world.sender.submit({ user: "UVERA", view, reason: "no" }));
        },
        { status: 200, told: ["UVERA", /viewer/], audit: "reject_proposal", reason: /viewer/ },
      ],
    ];

    it.each(cases)("%s", async (_, send, expected) => {
      const posted = await proposeTag();
      const writes = world.chat.gate.writeCount();
      expect(await send(posted)).toBe(expected.status);
      await world.chat.gate.worker().runDue();
      expect(await posted.status()).toBe("proposed");
      expect((await world.chat.gate.show(posted.id)).approvals).toEqual([]);
      expect(world.chat.gate.writeCount()).toBe(writes);
      if (expected.told)
        expect(posted.told(expected.told[0])).toEqual([expect.stringMatching(expected.told[1])]);
      const audit = (await world.chat.audited(expected.audit)).at(-1);
      expect(audit).toMatchObject({ outcome: "refused", source: "slack" });
      expect(String(audit!.details.reason)).toMatch(expected.reason);
    });

    it("a copied request, sent again", async () => {
      const posted = await proposeTag("Environment");
      await posted.press("UADAM");
      const refusals = (await world.chat.audited("refuse_chat_request")).length;
      expect(await settled(world.sender.send(world.sender.last()))).toBe(401);
      expect((await world.chat.gate.show(posted.id)).approvals).toHaveLength(1);
      const audits = await world.chat.audited("refuse_chat_request");
      expect(audits).toHaveLength(refusals + 1);
      expect(audits.at(-1)!.details.reason).toMatch(/received before/);
    });
  });

  it("knows a demo member's click for what it is", async () => {
    const dan: Actor = {
      ...(await world.chat.person("Dan", "admin")),
      demo: true,
      signedInAt: new Date().toISOString(),
    };
    world.slackUser("UDAN");
    await world.chat.link(dan, {
      platform: "slack",
      teamId: world.options.settings!.teamId,
      chatUserId: "UDAN",
    });
    const posted = await proposeTag();
    world.chat.sandbox = false;
    try {
      await posted.press("UDAN");
      expect(posted.told("UDAN")).toEqual([
        expect.stringMatching(/demo sign-in decides on the sandbox only/),
      ]);
      expect(await posted.status()).toBe("proposed");
    } finally {
      world.chat.sandbox = true;
    }
    await posted.press("UDAN");
    expect(await posted.status()).toBe("approved");
  });
});
