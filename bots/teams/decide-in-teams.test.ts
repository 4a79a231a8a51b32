import { randomUUID } from "node:crypto";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { startOpenAiServer } from "@cloudoptima/agent/testing/openai-server.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { scannedEstate } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPayload } from "../approvals.ts";
import type { ActionAnswer } from "./answer-action.ts";
import type { RosterEntry, ShownMessage } from "./testing/fake-connector.ts";
import type { ShownCard } from "./testing/find-card-problem.ts";
import type { ActivityOptions } from "./testing/teams-sender.ts";
import { openTeamsWorld, payloadOf, type TeamsWorld, wordsOf, wordsOfCard } from "./testing/teams-world.ts";

interface Pressed {
  status: number;
  /** What the person was told, alone; null: they were shown the card. */
  told: string | null;
  card: ShownCard | null;
}

interface Posted {
  id: string;
  planHash: string;
  thread: string;
  /** The card as it stands now, for everyone. */
  card(): ShownMessage;
  press(
    user: RosterEntry,
    more?: Partial<ActivityOptions> & {
      verb?: string;
      payload?: string;
      reason?: string;
      automatic?: boolean;
    },
  ): Promise<Pressed>;
  status(): Promise<string>;
}

// The gate's own SQL runs on both engines in tools/remediation, the links' in tools/access/chat-links: this is the face.
describeOneEngine("server", { name: "deciding in Teams", prepared: scannedEstate() }, (engine) => {
  let world: TeamsWorld;
  let vms: string[];
  let mary: RosterEntry;
  let adam: RosterEntry;
  let eve: RosterEntry;
  let vera: RosterEntry;
  let count = 0;
  beforeAll(async () => {
    world = await openTeamsWorld(engine.database());
    vms = world.chat.gate.tenant.truth.waste
      .filter(({ type }) => type === "idle_vm")
      .map(({ resourceId }) => resourceId);
    mary = (await world.linked("Mary", "member")).user;
    adam = (await world.linked("Adam", "admin")).user;
    eve = (await world.linked("Eve", "admin")).user;
    vera = (await world.linked("Vera", "viewer")).user;
  });
  afterAll(() => world.close());

  function read({ status, answer }: { status: number; answer: ActionAnswer | null }): Pressed {
    if (!answer) return { status, told: null, card: null };
    if (answer.type === "application/vnd.microsoft.card.adaptive") {
      return { status, told: null, card: answer.value as unknown as ShownCard };
    }
    return {
      status,
      told: typeof answer.value === "string" ? answer.value : answer.value.message,
      card: null,
    };
  }

  /** Mary asks in a channel, a model proposes in her name, and the card stands in the thread. */
  async function propose(input: Record<string, unknown>): Promise<Posted> {
    const server = await startOpenAiServer([
      { call: { name: "propose_change", arguments: JSON.stringify(input) } },
      { text: "It waits for approval." },
    ]);
    world.useModel(selectModel({ MODEL: "test", OPENAI_API_KEY: "key", OPENAI_BASE_URL: server.url }));
    const thread = `19:finops@thread.tacv2;messageid=${++count}`;
    await world.settled(
      world.sender.mention("please", { user: mary, kind: "channel", conversation: thread }),
    );
    await server.close();
    const { id: messageId } = world.shown(thread).find(({ card }) => payloadOf(card, "reject"))!;
    const card = () => world.shown(thread).find(({ id }) => id === messageId)!;
    const payload = payloadOf(card().card, "reject")!;
    const { proposalId: id, planHash } = readPayload(payload);
    return {
      id,
      planHash,
      thread,
      card,
      async press(user, { verb = "approve", reason, automatic, ...more } = {}) {
        const data = { payload: more.payload ?? payload, ...(reason === undefined ? {} : { reason }) };
        const pressed = await world.sender.press(
          { verb, data, automatic },
          { user, kind: "channel", conversation: thread, ...more },
        );
        await world.handler.idle();
        return read(pressed);
      },
      status: async () => (await world.chat.gate.show(id)).status,
    };
  }

  /** A change of its own for each test: the same change asked twice is one proposal. */
  const proposeTag = (name = `Ticket-${randomUUID().slice(0, 8)}`) =>
    propose({ change: "add_tags", resources: [vms[0]], tags: [{ name, value: randomUUID() }] });

  it("shows the plan: each resource with its full id, saving, risk, undo, who must approve and until when", async () => {
    const posted = await propose({ change: "stop_vm", resources: vms.slice(0, 2) });
    const words = wordsOf(posted.card());
    for (const id of vms.slice(0, 2)) {
      expect(words).toContain(id);
      expect(words).toContain(id.split("/").at(-1));
    }
    expect(words).toContain("Stop 2 virtual machines");
    expect(words).toMatch(/\$[\d,.]+ a month at your rates/);
    expect(words).toMatch(/Risk: (Low|Medium|High)/);
    expect(words).toMatch(/Proposed by: Mary, in the chat/);
    expect(words).toMatch(/Needs: 1 approval, until \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    expect(words).toContain("Waiting for approval");
    for (const verb of ["approve", "reject"]) {
      expect(payloadOf(posted.card().card, verb)).toBe(`${posted.id}:${posted.planHash}`);
    }
    expect(posted.card().card!.refresh!.action).toMatchObject({ verb: "refresh" });
  });

  it("approves by a member's click; the card changes in place for everyone until the change is done", async () => {
    const posted = await proposeTag();
    const writes = world.chat.gate.writeCount();
    const messages = world.shown(posted.thread).length;
    const { told, card } = await posted.press(adam);
    expect(told).toBeNull();
    expect(wordsOfCard(card)).toMatch(/Approved by Adam in Teams, \d/);
    expect(await posted.status()).toBe("approved");
    await expect.poll(() => wordsOf(posted.card())).toMatch(/Approved by Adam in Teams, \d/);
    expect(payloadOf(posted.card().card, "approve")).toBeUndefined();
    await world.chat.gate.worker().runDue();
    await expect.poll(() => wordsOf(posted.card())).toMatch(/✓ Done/);
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
    expect(world.shown(posted.thread)).toHaveLength(messages);
    const audits = await world.chat.audited("approve_proposal");
    expect(audits.at(-1)).toMatchObject({ outcome: "done", source: "teams", details: { via: "teams" } });
  });

  it("keeps the reason of a rejection, as plain text", async () => {
    const posted = await proposeTag();
    await posted.press(adam, { verb: "reject", reason: "for\n**the** <at>all</at> audit {{DATE(2026)}}" });
    expect(await posted.status()).toBe("rejected");
    await expect
      .poll(() => wordsOf(posted.card()))
      .toContain("for **the** <at>all</at> audit { {DATE(2026)}}");
    expect((await posted.press(eve)).told).toMatch(/already rejected/);
  });

  it("changes when it is decided in the web, also where Teams limits or fails for a moment", async () => {
    const posted = await proposeTag();
    world.connector.failNext("edit", { status: 429 });
    world.connector.failNext("edit", { status: 500 });
    await world.chat.product.decide(
      await world.chat.person("Eva", "admin"),
      { door: "session", freshSignIn: true, demoSignIn: false },
      { proposalId: posted.id, planHash: posted.planHash, decision: "reject", reason: "not now" },
      "web",
    );
    await expect
      .poll(() => wordsOf(posted.card()), { timeout: 10_000 })
      .toMatch(/Rejected by Eva in the web, .*: not now/);
  });

  it("waits for two people where the risk is high, and counts one person once", async () => {
    const posted = await proposeTag("Environment");
    expect(wordsOf(posted.card())).toMatch(/Risk: High.*0 of 2 approvals, by different people/);
    await posted.press(adam);
    expect(await posted.status()).toBe("proposed");
    await expect.poll(() => wordsOf(posted.card())).toMatch(/1 of 2 approvals.*Approved by Adam in Teams/);
    expect((await posted.press(adam)).told).toMatch(/decided on this proposal already/);
    expect(await posted.status()).toBe("proposed");
    const writes = world.chat.gate.writeCount();
    await posted.press(eve);
    expect(await posted.status()).toBe("approved");
    await world.chat.gate.worker().runDue();
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
  });

  it("lets two people at the same moment, and a double click, approve once", async () => {
    const posted = await proposeTag();
    const pressed = await Promise.all([adam, eve, adam, eve].map((user) => posted.press(user)));
    expect(await posted.status()).toBe("approved");
    expect((await world.chat.gate.show(posted.id)).approvals).toHaveLength(1);
    expect(pressed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(pressed.filter(({ told }) => told !== null)).toHaveLength(3);
    const writes = world.chat.gate.writeCount();
    await world.chat.gate.worker().runDue();
    expect(world.chat.gate.writeCount()).toBe(writes + 1);
  });

  it("answers an action that Teams sends again as it did the first time, and decides once", async () => {
    const posted = await proposeTag("Environment");
    const first = await posted.press(adam, { id: "invoke-1" });
    const audits = (await world.chat.audited("approve_proposal")).length;
    const again = await posted.press(adam, { id: "invoke-1" });
    expect(again).toEqual(first);
    expect(first.card).not.toBeNull();
    expect(await world.chat.audited("approve_proposal")).toHaveLength(audits);
    expect((await world.chat.gate.show(posted.id)).approvals).toHaveLength(1);
  });

  it("shows members the card as it is when they look again; others keep what everyone sees, unaudited", async () => {
    const posted = await proposeTag();
    const audits = (await world.chat.audited("refuse_chat_request")).length;
    const look = (user: RosterEntry) => posted.press(user, { verb: "refresh", automatic: true });
    expect(wordsOfCard((await look(vera)).card)).toContain("Waiting for approval");
    await posted.press(adam, { verb: "reject", reason: "no" });
    expect(wordsOfCard((await look(vera)).card)).toContain("Rejected by Adam");
    for (const user of [world.account("Nils"), { ...vera, aadObjectId: randomUUID() }]) {
      expect(await look(user)).toMatchObject({
        card: null,
        told: expect.stringMatching(/Only linked members/),
      });
    }
    expect(await world.chat.audited("refuse_chat_request")).toHaveLength(audits);
  });

  describe("executes nothing, says why and audits it:", () => {
    type Case = [
      what: string,
      press: (posted: Posted) => Promise<Pressed>,
      expected: { status: number; told: RegExp | null; audit: string; reason: RegExp },
    ];
    const other = randomUUID();
    const unlet = (reason: RegExp) => ({ status: 401, told: null, audit: "refuse_chat_request", reason });
    const refused = (audit: string, reason: RegExp) => ({ status: 200, told: reason, audit, reason });
    const cases: Case[] = [
      ["no token", (posted) => posted.press(adam, { authorization: "" }), unlet(/no token/)],
      [
        "a forged token",
        (posted) => posted.press(adam, { token: { key: "unpublished" } }),
        unlet(/signature/),
      ],
      ["another bot's token", (posted) => posted.press(adam, { token: { audience: other } }), unlet(/"aud"/)],
      ["an expired token", (posted) => posted.press(adam, { token: { expiresIn: -400 } }), unlet(/"exp"/)],
      [
        "another issuer's token",
        (posted) => posted.press(adam, { token: { issuer: "https://sts.windows.net/x/" } }),
        unlet(/"iss"/),
      ],
      [
        "a service address that the token does not name",
        (posted) => posted.press(adam, { serviceUrl: "https://smba.trafficmanager.net/emea/" }),
        unlet(/another service address/),
      ],
      [
        "somebody of another tenant",
        (posted) => posted.press(adam, { tenant: other }),
        refused("refuse_chat_request", /other organizations/),
      ],
      [
        "a linked admin who has become a guest",
        async (posted) => {
          const { user } = await world.linked("Gus", "admin");
          await posted.press(user, { verb: "refresh" });
          world.account("Gus", { ...user, userRole: "guest" });
          return posted.press(user);
        },
        refused("refuse_chat_request", /Guests/),
      ],
      [
        "an account that is not linked",
        (posted) => posted.press(world.account(`New-${randomUUID()}`)),
        refused("refuse_chat_request", /Linked chats|which member/),
      ],
      [
        "an account that the roster does not know under that name",
        (posted) => posted.press({ ...vera, aadObjectId: adam.aadObjectId }),
        refused("refuse_chat_request", /no person of this organization/),
      ],
      ["a viewer", (posted) => posted.press(vera), refused("approve_proposal", /viewer/)],
      ["the proposer", (posted) => posted.press(mary), refused("approve_proposal", /You proposed/)],
      [
        "a wrong hash",
        (posted) => posted.press(adam, { payload: `${posted.id}:${"0".repeat(64)}` }),
        refused("approve_proposal", /not the plan/),
      ],
      [
        "a proposal that is not of this organization",
        (posted) => posted.press(adam, { payload: `${randomUUID()}:${posted.planHash}` }),
        refused("approve_proposal", /no such proposal/),
      ],
      [
        "a rejection of a viewer",
        (posted) => posted.press(vera, { verb: "reject", reason: "no" }),
        refused("reject_proposal", /viewer/),
      ],
    ];

    it.each(cases)("%s", async (_, press, expected) => {
      const posted = await proposeTag();
      const writes = world.chat.gate.writeCount();
      const { status, told } = await press(posted);
      expect(status).toBe(expected.status);
      if (expected.told) expect(told).toMatch(expected.told);
      await world.chat.gate.worker().runDue();
      expect(await posted.status()).toBe("proposed");
      expect((await world.chat.gate.show(posted.id)).approvals).toEqual([]);
      expect(world.chat.gate.writeCount()).toBe(writes);
      const audit = (await world.chat.audited(expected.audit)).at(-1);
      expect(audit).toMatchObject({ outcome: "refused", source: "teams" });
      expect(String(audit!.details.reason)).toMatch(expected.reason);
    });

    it("a button whose presser Teams cannot name just now", async () => {
      const posted = await proposeTag();
      for (let failure = 0; failure < 2; failure++) world.connector.failNext("member", { status: 429 });
      expect((await posted.press(adam)).told).toMatch(/nothing was done.*Try again/);
      expect(await posted.status()).toBe("proposed");
      expect(world.connector.tokenCount()).toBe(1);
      world.connector.forgetFailures();
      expect((await posted.press(adam)).card).not.toBeNull();
    });

    it("something that is no button of ours", async () => {
      const posted = await proposeTag();
      for (const more of [{ verb: "execute" }, { payload: "../approvals" }, { payload: "x".repeat(300) }]) {
        expect((await posted.press(adam, more)).card).toBeNull();
      }
      expect(await posted.status()).toBe("proposed");
    });
  });

  it("knows a demo member's click for what it is", async () => {
    const user = world.account("Dan");
    const dan = {
      ...(await world.chat.person("Dan", "admin")),
      demo: true,
      signedInAt: new Date().toISOString(),
    };
    await world.chat.link(dan, { platform: "teams", teamId: world.tenantId, chatUserId: user.aadObjectId });
    const posted = await proposeTag();
    world.chat.sandbox = false;
    try {
      expect((await posted.press(user)).told).toMatch(/demo sign-in decides on the sandbox only/);
    } finally {
      world.chat.sandbox = true;
    }
    await posted.press(user);
    expect(await posted.status()).toBe("approved");
  });
});
