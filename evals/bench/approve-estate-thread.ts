import { parentPort, workerData } from "node:worker_threads";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { openProduct } from "@cloudoptima/tools/product.ts";
import type { WaitingEstate } from "./approve-estate.ts";

const { env, stopCount, pendingCount } = workerData as {
  env: NodeJS.ProcessEnv;
  stopCount: number;
  pendingCount: number;
};

const { service, owner } = await openProduct({ env, needOwner: true, waitForData: true, logLevel: "error" });
const operator = await service.localActor("local", "Contoso");
const people = await owner().people.demoPeople(operator.organizationId);
const { id: userId, name, role } = people.find((person) => person.role === "member")!;
const member: Actor = { ...operator, userId, name, role, via: "session" };
const call = async <Output>(actor: Actor, name: string, input: object) =>
  (await service.invoke({ actor, name, input, source: "web" })).output as Output;

// The limit of an hour is there for people's attention, and nobody reads these.
await call({ ...operator, via: "session" }, "update_remediation_settings", { proposalsPerHour: 500 });

type Found = { rows: { id: string }[] };
type Proposed = {
  proposals: { id: string; planHash: string; risk: string; requiredApprovers: number }[];
};
async function search(input: object): Promise<Found["rows"]> {
  const found: Found["rows"] = [];
  for (;;) {
    const page = { limit: 100, offset: found.length, orderBy: "name", ...input };
    const { rows } = await call<Found>(member, "search_resources", page);
    if (rows.length === 0) return found;
    found.push(...rows);
  }
}

/** Null: this resource must not be changed so. */
async function propose(action: string, input: object) {
  try {
    return (
      (await call<Proposed>(member, "propose_change", { change: action, ...input })).proposals[0] ?? null
    );
  } catch (error) {
    if (["conflict", "unsupported"].includes(AppError.from(error).code)) return null;
    throw error;
  }
}

const stops: WaitingEstate["stops"] = [];
for (const { id } of await search({ type: "VM", status: "running" })) {
  if (stops.length === stopCount) break;
  const proposal = await propose("stop_vm", { resources: [id] });
  if (proposal?.requiredApprovers === 1 && proposal.risk !== "high") stops.push(proposal);
}
let pending = 0;
for (const { id } of await search({})) {
  if (pending === pendingCount) break;
  if (await propose("add_tags", { resources: [id], tags: [{ name: "Reviewed", value: "2026" }] })) pending++;
}
await service.close();
parentPort?.postMessage({ stops, pendingCount: pending } satisfies WaitingEstate);
