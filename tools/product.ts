import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import { createPeople, type People } from "./access/people.ts";
import { actions } from "./actions.gen.ts";
import type { CloudRead } from "./clouds/cloud.ts";
import type { CloudWrite } from "./clouds/cloud-write.ts";
import { createConnectWrite } from "./clouds/connect-write.ts";
import { type Decision, type DecisionResult, type Door, decideProposal } from "./decide.ts";
import type { Actor, Source } from "./kernel/actor.ts";
import type { Action } from "./kernel/define-action.ts";
import { AppError } from "./kernel/errors.ts";
import { lookAgain } from "./remediation/look-again.ts";
import { type PlanWorker, startPlanWorker } from "./remediation/plan-worker.ts";
import type { Attachment, OwnerParts, PersonRequest } from "./service/attach.ts";
import { type OpenServiceOptions, openAttachedService } from "./service/open-service.ts";
import type { ToolService } from "./service/service.ts";

export type { Decision, DecisionResult, Door } from "./decide.ts";

export interface ProductOptions extends OpenServiceOptions {
  /** Behind https: cookies say so. */
  secure?: boolean;
  /** Whether the demo's click may still sign in: nothing real is connected, nobody else can reach us. */
  demoSignIn?(service: ToolService): Promise<boolean>;
}

/** What the process that has the data offers to the faces of people; assistants never get it. */
export interface OwnerFeatures {
  people: People;
  /** Records the decision of a person whom the caller has identified through `door`. */
  decide(actor: Actor, door: Door, decision: Decision, source: Source): Promise<DecisionResult>;
  /** Lets the worker read the cloud once more for a change that nobody could tell the end of. */
  lookAgain(actor: Actor, proposalId: string, source: Source): Promise<void>;
}

/** The tool service with what only people may do: decisions, sign-in, and the worker that carries plans out. */
export interface Product {
  service: ToolService;
  /** Throws `unavailable` where another process has the data. */
  owner(): OwnerFeatures;
  /** Decides or calls in the name of a person who gives their password, wherever the data is. */
  asPerson(request: PersonRequest): Promise<unknown>;
}

/** Opens the product for a face that people use (the web, the bots, the terminal). */
export async function openProduct({
  secure = false,
  demoSignIn,
  ...options
}: ProductOptions = {}): Promise<Product> {
  let features: OwnerFeatures | undefined;
  let service: ToolService | undefined;
  const opened = await openAttachedService({
    ...options,
    attach(parts) {
      const people = createPeople({
        ...parts,
        secure,
        demoSignIn: async () => (service && demoSignIn ? demoSignIn(service) : false),
      });
      const attached = attachGate(parts, people);
      features = attached.features;
      return {
        asPerson: attached.asPerson,
        async close() {
          features = undefined;
          await attached.close();
        },
      };
    },
  });
  service = opened.service;
  return {
    ...opened,
    owner() {
      if (features) return features;
      throw new AppError("unavailable", "Another process has the data.", {
        hint: "Decide in the web of the running product, or with the password in the terminal.",
      });
    },
  };
}

function attachGate(parts: OwnerParts, people: People): Attachment & { features: OwnerFeatures } {
  const { database, audit, events, log, now } = parts;
  const realNow = () => new Date();
  const worker: PlanWorker = startPlanWorker({
    database,
    audit,
    events,
    log,
    now,
    realNow,
    actions: actions as unknown as readonly Action[],
    openCloud: createOpenCloud(parts),
  });
  const told = (organizationId: string, { id, status }: { id: string; status: string }) => {
    events.publish(organizationId, { type: "remediation_updated", data: { id, status } });
    if (status === "approved") worker.nudge();
  };
  const features: OwnerFeatures = {
    people,
    decide: (actor, door, decision, source) =>
      decideProposal(
        {
          database,
          audit,
          realNow,
          isSandbox: async (transaction, connectionId) =>
            (await findConnection(transaction, connectionId))?.kind === "sandbox",
          decided: told,
        },
        actor,
        door,
        decision,
        source,
      ),
    async lookAgain(actor, id, source) {
      await lookAgain({ database, audit, realNow }, actor, id, source);
      told(actor.organizationId, { id, status: "executing" });
      worker.nudge();
    },
  };
  return {
    features,
    asPerson: (request) => callAsPerson(parts, features, request),
    close: () => worker.stop(),
  };
}

/** Both halves of the cloud behind a connection, in the name of its organization. */
function createOpenCloud({ database, connectCloud, sandbox, vault, now, log }: OwnerParts) {
  const connectWrite = createConnectWrite({ sandbox, vault });
  return async (organizationId: string, connectionId: string): Promise<CloudRead & CloudWrite> => {
    const read = readerOf(database, organizationId);
    const [reading, writing] = await Promise.all([
      connectCloud({ connectionId, read, now, log }),
      connectWrite({ connectionId, read }),
    ]);
    return { ...reading, ...writing };
  };
}

const readerOf =
  (database: Database, organizationId: string): Parameters<OwnerParts["connectCloud"]>[0]["read"] =>
  (work) =>
    withTenant(database, organizationId, { access: "read" }, work);

/** The terminal's road: the password, typed on the terminal device, is the proof that a person sits there. */
async function callAsPerson(
  { invoke }: OwnerParts,
  { people, decide }: OwnerFeatures,
  { email, password, call }: PersonRequest,
): Promise<unknown> {
  const caller = { address: "terminal", userAgent: "terminal", source: "terminal" } as const;
  const person = await people.verifyPassword(email, password, caller);
  const actor: Actor = { ...person, via: "session" };
  const { source } = caller; // it is this road, whatever the request says
  if (call.kind === "invoke") return invoke({ actor, name: call.name, input: call.input, source });
  const { kind: _, ...decision } = call;
  const door: Door = {
    door: "terminal_password",
    freshSignIn: true,
    demoSignIn: person.demo === true,
  };
  return decide(actor, door, decision, source);
}
