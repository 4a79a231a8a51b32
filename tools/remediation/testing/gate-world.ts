import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { addPeople, writeSettings } from "@cloudoptima/db/queries/organizations.ts";
import type { Prepared } from "@cloudoptima/db/testing/prepared.ts";
import { actions } from "../../actions.gen.ts";
import type { CloudRead } from "../../clouds/cloud.ts";
import type { CloudWrite } from "../../clouds/cloud-write.ts";
import type { Tenant } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import { type Decision, type DecisionResult, type Door, decideProposal } from "../../decide.ts";
import {
  connectSandboxTenant,
  preparedScan,
  rejoinSandboxTenant,
  type ScannedTenant,
} from "../../discovery/testing/scanned-tenant.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { RecordAudit } from "../../kernel/audit.ts";
import type { Action } from "../../kernel/define-action.ts";
import type { Role } from "../../kernel/permissions.ts";
import { createLog } from "../../log.ts";
import { type PlanWorker, type PlanWorkerOptions, startPlanWorker } from "../plan-worker.ts";
import type { ProposalOutput } from "../proposal-output.ts";
import type { ProposalResult } from "../propose-all.ts";
import type { RemediationSettings } from "../remediation-settings.ts";

export interface GateWorld {
  tenant: ScannedTenant;
  /** A person of the organization, in its table of people. */
  person(role: Role): Promise<Actor>;
  propose(by: Actor, action: string, resources: string[], input?: Record<string, unknown>): Promise<Waiting>;
  decide(
    by: Actor,
    proposal: Waiting,
    decision?: Partial<Decision>,
    door?: Partial<Door>,
    /** In the place of the audit log's own. */
    audit?: RecordAudit,
  ): Promise<DecisionResult>;
  /** Changes the organization's rules of approval; what is left out has its default. */
  settings(remediation: Partial<RemediationSettings>): Promise<void>;
  /** Asks for the way back. */
  rollback(by: Actor, proposalId: string): Promise<Waiting>;
  worker(options?: Partial<PlanWorkerOptions>): PlanWorker;
  show(proposalId: string): Promise<ProposalOutput>;
  cloud(): Promise<CloudRead & CloudWrite>;
  /** Requests that could change the cloud, so far. */
  writeCount(): number;
  close(): Promise<void>;
}

export interface Waiting {
  id: string;
  planHash: string;
}

export const signedIn: Door = { door: "session", freshSignIn: true, demoSignIn: false };

/** An estate as `openGateWorld` takes it; without a tenant of its own, one of `resources` is generated. */
export interface GateEstate {
  seed: string;
  resources?: number;
  tenant?: Tenant;
  realNow?: () => Date;
}

const now = "2026-10-14T09:30:00Z";
/** The estate of every suite that needs no other: scanned once in a run. */
const usualEstate: GateEstate = { seed: "gate" };
const whole = (estate: GateEstate) => ({ resources: 100, days: 31, now, ...estate });

/** A database where the estate is scanned already, for `openGateWorld`. */
export const scannedEstate = (estate: GateEstate = usualEstate): Prepared => preparedScan(whole(estate));

/**
 * A scanned sandbox estate with people, the gate and workers: everything but the faces. It is scanned here, unless
 * the suite's database is prepared with `scannedEstate` of the same.
 */
export async function openGateWorld(
  database: Database,
  estate: GateEstate = usualEstate,
): Promise<GateWorld> {
  const found = await rejoinSandboxTenant(database, whole(estate));
  const tenant = found ?? (await connectSandboxTenant(database, whole(estate)));
  if (!found) await tenant.scan();
  const { organizationId } = tenant.actor;
  const realNow = estate.realNow ?? (() => new Date());
  const workers: PlanWorker[] = [];

  return {
    tenant,
    async person(role) {
      const actor = tenant.tools.actor({ id: organizationId, name: tenant.actor.organizationName }, role);
      await withTenant(database, organizationId, { access: "write" }, (transaction) =>
        addPeople(transaction, [
          {
            id: actor.userId,
            organization_id: organizationId,
            email: `${actor.userId}@contoso.example`,
            name: actor.name,
            role,
          },
        ]),
      );
      return actor;
    },
    async propose(by, action, resources, input = {}) {
      const { output } = await tenant.tools.invoke({
        actor: by,
        name: "propose_change",
        input: { change: action, resources, ...input },
        source: "agent",
      });
      return (output as ProposalResult).proposals[0]!;
    },
    decide: (by, { id, planHash }, decision, door, audit = tenant.tools.audit.record) =>
      decideProposal(
        {
          database,
          audit,
          realNow,
          isSandbox: async () => true,
          decided: () => undefined,
        },
        by,
        { ...signedIn, ...door },
        { proposalId: id, planHash, decision: "approve", ...decision },
        "web",
      ),
    settings: (remediation) =>
      withTenant(database, organizationId, { access: "write" }, (transaction) =>
        writeSettings(transaction, "remediation", remediation),
      ),
    async rollback(by, proposalId) {
      const { output } = await tenant.tools.invoke({
        actor: by,
        name: "rollback_proposal",
        input: { id: proposalId },
        source: "web",
      });
      return output as unknown as Waiting;
    },
    worker(options = {}) {
      const worker = startPlanWorker({
        database,
        audit: tenant.tools.audit.record,
        actions: actions as unknown as readonly Action[],
        openCloud: () => tenant.openCloud(),
        events: tenant.tools.events,
        now: () => Temporal.Instant.from(now),
        realNow,
        log: createLog({ level: "silent" }),
        pace: timeless(),
        lookMs: Number.POSITIVE_INFINITY,
        ...options,
      });
      workers.push(worker);
      return worker;
    },
    show: (id) => tenant.call<ProposalOutput>("get_proposal", { id }),
    cloud: () => tenant.openCloud(),
    writeCount: () => tenant.sandbox().stats().writeRequestCount,
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await tenant.close();
    },
  };
}

/** Waits take no time, and time passes by waiting. */
function timeless(): NonNullable<PlanWorkerOptions["pace"]> {
  let elapsed = 0;
  return {
    async sleep(ms, signal) {
      signal.throwIfAborted();
      elapsed += Math.max(ms, 1);
    },
    elapsedMs: () => elapsed,
  };
}
