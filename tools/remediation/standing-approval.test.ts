import { withTenant } from "@cloudoptima/db/client.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { lookAgain } from "./look-again.ts";
import { type GateWorld, openGateWorld, scannedEstate, type Waiting } from "./testing/gate-world.ts";

const signal = () => AbortSignal.timeout(20_000);

describeEachEngine({ name: "an approval that stands", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let member: Actor;
  let admin: Actor;
  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    member = await world.person("member");
    admin = await world.person("admin");
  });
  afterAll(() => world.close());

  const wasteOf = (type: string) =>
    world.tenant.truth.waste.filter((waste) => waste.type === type).map(({ resourceId }) => resourceId);
  const live = async (id: string) => (await world.cloud()).resource(id, signal());

  it("is one too few once a single approver is not enough any more", async () => {
    const [id] = wasteOf("unused_public_ip");
    const propose = async () => {
      await world.settings({ singleApprover: true });
      const waiting = await world.propose(member, "delete_public_ip", [id!]);
      expect(await world.show(waiting.id)).toMatchObject({ requiredApprovers: 1 });
      return waiting;
    };
    const before = world.writeCount();

    const approved = await propose();
    expect(await world.decide(admin, approved)).toMatchObject({ status: "approved" });
    await world.settings({ singleApprover: false });
    await world.worker().runDue();
    expect(await world.show(approved.id)).toMatchObject({
      status: "failed",
      statusReason: expect.stringContaining("2 must"),
    });

    const waiting = await propose();
    await world.settings({ singleApprover: false });
    expect(await world.decide(admin, waiting)).toEqual({
      status: "proposed",
      approvalCount: 1,
      requiredCount: 2,
    });
    await world.worker().runDue();
    expect(world.writeCount()).toBe(before);
    expect(await live(id!)).not.toBeNull();
  });

  it("deletes no disk for a snapshot of something else, nor anything when it is looked at after its end", async () => {
    const [id, other] = wasteOf("unattached_disk");
    const waiting = await world.propose(member, "delete_disk", [id!]);
    const { plan } = await world.show(waiting.id);
    const snapshotId = String(plan.items[0]!.parameters.snapshotId);
    await makeSnapshot(snapshotId, other!);
    await world.decide(admin, waiting);
    await world.worker().runDue();
    expect(await world.show(waiting.id)).toMatchObject({ status: "needs_attention" });
    expect(await live(id!)).not.toBeNull();

    const cloud = await world.cloud();
    const { operation } = await cloud.delete(snapshotId, null, signal());
    while (operation && (await cloud.progress(operation, signal())).state === "running");
    expect(await live(snapshotId)).toBeNull();
    const before = world.writeCount();
    await setKind("azure");
    await expect(look(waiting, { ...admin, demo: true })).rejects.toMatchObject({ code: "forbidden" });
    await setKind("sandbox");
    expect(await world.show(waiting.id)).toMatchObject({ status: "needs_attention" });

    await look(waiting, admin);
    const later = new Date(Date.parse(plan.expiresAt) + 1000);
    await world.worker({ realNow: () => later }).runDue();
    expect(await world.show(waiting.id)).toMatchObject({
      status: "failed",
      statusReason: expect.stringContaining("approval ended"),
    });
    expect(world.writeCount()).toBe(before);
    expect(await live(id!)).not.toBeNull();
  });

  async function makeSnapshot(snapshotId: string, sourceResourceId: string): Promise<void> {
    const cloud = await world.cloud();
    const region = (await live(sourceResourceId))!.region!;
    await cloud.create(
      snapshotId,
      {
        type: "microsoft.compute/snapshots",
        region,
        tags: {},
        sku: { name: "Standard_LRS" },
        properties: { creationData: { createOption: "Copy", sourceResourceId }, incremental: true },
      },
      signal(),
    );
  }

  const look = ({ id }: Waiting, by: Actor) =>
    lookAgain(
      { database: engine.database(), audit: world.tenant.tools.audit.record, realNow: () => new Date() },
      by,
      id,
      "web",
    );

  const setKind = (kind: string) =>
    withTenant(engine.database(), admin.organizationId, { access: "write" }, (transaction) =>
      sql`update cloud_connections set kind = ${kind}`.execute(transaction),
    );
});
