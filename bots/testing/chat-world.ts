import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import type { ChatPlatform } from "@cloudoptima/tools/access/chat-links/chat-link-shapes.ts";
import { findPerson } from "@cloudoptima/tools/access/person.ts";
import { systemActor } from "@cloudoptima/tools/access/system-actor.ts";
import { decideProposal } from "@cloudoptima/tools/decide.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";
import { createRegistry } from "@cloudoptima/tools/kernel/registry.ts";
import { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { type GateWorld, openGateWorld } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { BotOrganization, ProductForBots } from "../product-for-bots.ts";

/** A scanned sandbox estate with people, the gate and its worker, as a chat platform's handler meets them. */
export interface ChatWorld {
  gate: GateWorld;
  product: ProductForBots;
  organization: BotOrganization;
  /** Whether the gate takes the connection for the sandbox, as it is. */
  sandbox: boolean;
  person(name: string, role: Role): Promise<Actor>;
  /** Links a chat account through the code and its confirmation, as a person does it. */
  link(
    member: Actor,
    account: { platform: ChatPlatform; teamId: string; chatUserId: string },
  ): Promise<Actor>;
  setRole(member: Actor, role: Role): Promise<void>;
  /** Audited actions, oldest first. */
  audited(action: string): Promise<{ outcome: string; source: string; details: Record<string, unknown> }[]>;
}

export async function openChatWorld(database: Database): Promise<ChatWorld> {
  const gate = await openGateWorld(database);
  const { tools, actor } = gate.tenant;
  const organization = { id: actor.organizationId, name: actor.organizationName };
  const service: ToolService = {
    mode: "owner",
    registry: createRegistry(definitions),
    invoke: tools.invoke,
    organizations: async () => [{ ...organization, demo: false }],
    localActor: async () => actor,
    keyActor: async () => null,
    person: (userId, organizationId) => findPerson(database, true, userId, organizationId),
    subscribe: tools.events.subscribe,
    now: () => Temporal.Instant.from("2026-10-14T09:30:00Z"),
    announceAddress: async () => {},
    address: async () => null,
    dataReady: async () => {},
    close: async () => {},
  };
  const product: ProductForBots = {
    service,
    decide: (by, door, decision, source) =>
      decideProposal(
        {
          database,
          audit: tools.audit.record,
          realNow: () => new Date(),
          isSandbox: async () => world.sandbox,
          decided: (organizationId, { id, status }) =>
            tools.events.publish(organizationId, { type: "remediation_updated", data: { id, status } }),
        },
        by,
        door,
        decision,
        source,
      ),
  };
  const call = async (by: Actor, name: string, input: unknown) =>
    (await tools.invoke({ actor: by, name, input, source: "web" })).output;

  const world: ChatWorld = {
    gate,
    product,
    organization,
    sandbox: true,
    async person(name, role) {
      const person = { ...tools.actor(organization, role), name };
      await withTenant(database, organization.id, { access: "write" }, (transaction) =>
        addPeople(transaction, [
          {
            id: person.userId,
            organization_id: organization.id,
            email: `${person.userId}@contoso.example`,
            name,
            role,
          },
        ]),
      );
      return person;
    },
    async link(member, account) {
      const { code } = await call(member, "create_chat_link_code", { platform: account.platform });
      await tools.invoke({
        actor: systemActor(organization),
        name: "redeem_chat_link_code",
        input: { ...account, chatName: member.name, linkCode: String(code).replace("-", "") },
        source: account.platform,
      });
      const { links } = await call(member, "list_chat_links", {});
      const waiting = (links as { id: string; status: string }[]).find(({ status }) => status === "waiting");
      await call(member, "confirm_chat_link", { id: waiting!.id });
      return member;
    },
    async setRole({ userId }, role) {
      await withTenant(database, organization.id, { access: "write" }, (transaction) =>
        transaction.updateTable("users").set({ role }).where("id", "=", userId).execute(),
      );
    },
    audited: (action) =>
      withTenant(database, organization.id, { access: "read" }, (transaction) =>
        transaction
          .selectFrom("audit_log")
          .select(["outcome", "source", "details"])
          .where("action", "=", action)
          .orderBy("created_at")
          .execute(),
      ),
  };
  return world;
}
