import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import type { Prepared } from "@cloudoptima/db/testing/prepared.ts";
import { createAzureCloud } from "../../clouds/azure/azure-cloud.ts";
import type { Pace } from "../../clouds/azure/pace.ts";
import { sandboxEndpoint } from "../../clouds/azure/sandbox-endpoint.ts";
import { virtualPace } from "../../clouds/azure/testing.ts";
import { createAzureWrite } from "../../clouds/azure/write/azure-write.ts";
import type { CloudRead, LiveResource } from "../../clouds/cloud.ts";
import type { CloudWrite } from "../../clouds/cloud-write.ts";
import type { Resource } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { PlanWorkerOptions } from "../plan-worker.ts";
import type { ProposalOutput } from "../proposal-output.ts";
import { type GateWorld, openGateWorld, scannedEstate, type Waiting } from "./gate-world.ts";
import { idOf, type Kind, plainEstate } from "./plain-estate.ts";

export interface FaultWorld extends GateWorld {
  member: Actor;
  admin: Actor;
  /** A resource that no case has had yet. */
  next(kind: Kind): string;
  /** Proposes, and has as many people approve it as it needs. */
  approved(action: string, ids: string[], input?: Record<string, unknown>): Promise<Waiting>;
  approve(waiting: Waiting): Promise<void>;
  /** A client of its own whose waits take no time: what one case breaks, another does not meet. */
  freshCloud(): Promise<{ cloud: CloudRead & CloudWrite; pace: Pace & { sleeps: number[] } }>;
  /** Runs what is due with a fresh client, as a worker of its own; how long it waited comes back. */
  run(options?: Partial<PlanWorkerOptions>): Promise<{ sleeps: number[] }>;
  live(id: string): Promise<LiveResource | null>;
  /** Somebody else changes a resource meanwhile; null: deletes it. */
  meanwhile(id: string, change: ((resource: Resource) => Partial<Resource>) | null): void;
  /** What the audit log says of the plan's run. */
  audited(proposalId: string): Promise<{ outcome: string; details: Record<string, unknown> }[]>;
  shown(waiting: Waiting): Promise<ProposalOutput>;
}

/** As many of each kind as the suite with the most cases of it needs: each costs time to scan. */
const counts: Record<Kind, number> = {
  machine: 40,
  windows: 36,
  disk: 60,
  address: 64,
  database: 36,
  card: 36,
  balancer: 36,
  plan: 36,
  snapshot: 36,
  account: 36,
};
/** What `openFaultWorld` serves. */
export const faultTenant = () => plainEstate(counts);
const faultEstate = () => ({ seed: "faults", tenant: faultTenant() });

/** A database for `openFaultWorld`, scanned already. */
export const scannedFaultEstate = (): Prepared => scannedEstate(faultEstate());

/** An estate with a resource for each case, people, and workers whose cloud can be made to fail. */
export async function openFaultWorld(
  database: Database,
  options: { realNow?: () => Date } = {},
): Promise<FaultWorld> {
  const world = await openGateWorld(database, { ...faultEstate(), ...options });
  await world.settings({ proposalsPerHour: 500 });
  const member = await world.person("member");
  const admin = await world.person("admin");
  const secondAdmin = await world.person("admin");
  const given = new Map<Kind, number>();
  const { organizationId } = member;

  const self: FaultWorld = {
    ...world,
    member,
    admin,
    next(kind) {
      const number = (given.get(kind) ?? 0) + 1;
      given.set(kind, number);
      if (number > counts[kind]) throw new Error(`Plant more than ${counts[kind]} of the kind ${kind}.`);
      return idOf(kind, number);
    },
    async approved(action, ids, input) {
      const waiting = await world.propose(member, action, ids, input);
      await self.approve(waiting);
      return waiting;
    },
    async approve(waiting) {
      await world.decide(admin, waiting);
      if ((await world.show(waiting.id)).status !== "approved") await world.decide(secondAdmin, waiting);
    },
    async freshCloud() {
      const pace = virtualPace();
      const endpoint = await sandboxEndpoint({ ...world.tenant.sandbox(), quotas: "raised" }, pace);
      return { cloud: { ...createAzureCloud(endpoint), ...createAzureWrite(endpoint) }, pace };
    },
    async run(options = {}) {
      const { cloud, pace } = await self.freshCloud();
      const worker = world.worker({
        leaseSeconds: 0,
        openCloud: async () => cloud,
        pace: runPace(pace),
        ...options,
      });
      await worker.runDue();
      await worker.stop();
      return { sleeps: pace.sleeps };
    },
    live: async (id) => (await world.cloud()).resource(id, AbortSignal.timeout(20_000)),
    meanwhile(id, change) {
      const { estate } = world.tenant.sandbox();
      const resource = estate.resource(id);
      if (!resource) throw new Error(`There is no ${id}.`);
      if (change) estate.put({ ...resource, ...change(resource) });
      else estate.delete(id);
    },
    audited: (proposalId) =>
      withTenant(database, organizationId, { access: "read" }, async (transaction) => {
        const rows = await transaction
          .selectFrom("audit_log")
          .select(["outcome", "details"])
          .where("resource_id", "=", proposalId)
          .where("action", "=", "execute_proposal")
          .orderBy("sequence")
          .execute();
        return rows.map(({ outcome, details }) => ({
          outcome,
          details: (typeof details === "string" ? JSON.parse(details) : details) as Record<string, unknown>,
        }));
      }),
    shown: ({ id }) => world.show(id),
  };
  return self;
}

/** The worker's waits on the same clock as its cloud's. */
export function runPace({ sleep, now }: Pace): NonNullable<PlanWorkerOptions["pace"]> {
  return { sleep: (ms, signal) => sleep(Math.max(ms, 1), signal), elapsedMs: now };
}
