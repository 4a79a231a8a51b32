import { actions } from "../../actions.gen.ts";
import type { Faults } from "../../clouds/sandbox/server/faults.ts";
import { scheduleIdOf } from "../shutdown-schedule.ts";
import type { Kind } from "./plain-estate.ts";

export type ActionName = (typeof actions)[number]["name"];
type Aim = Pick<Parameters<Faults["add"]>[0], "path" | "method">;

/** What every test of all actions has to know of one. */
export interface ActionCase {
  kind: Kind;
  input?: Record<string, unknown>;
  /** Where a fault has to be aimed to hit its writes; those that are alike in another action are left to that. */
  aims: Record<string, Aim>;
  /** Write requests of an undisturbed run. */
  writes: number;
  /** The resource that shows what was done, where it is another one. */
  shows?: (id: string) => string;
}

const sql: Aim = { path: "/databases/", method: "PATCH" };

/** Each action by its name: one without a row here does not compile. */
export const actionCases: Readonly<Record<ActionName, ActionCase>> = {
  stop_vm: { kind: "machine", aims: { stop: { path: "/deallocate", method: "POST" } }, writes: 1 },
  resize_vm: {
    kind: "machine",
    input: { to: "Standard_D4s_v5" },
    aims: { "off, to be resized": { path: "/deallocate", method: "POST" } },
    writes: 3,
  },
  schedule_shutdown: {
    kind: "machine",
    input: { to: "19:00 UTC" },
    aims: { "make a schedule": { path: "/schedules/", method: "PUT" } },
    writes: 1,
    shows: scheduleIdOf,
  },
  use_own_licence: {
    kind: "windows",
    aims: { "set licence": { path: "/virtualmachines/", method: "PATCH" } },
    writes: 1,
  },
  delete_disk: {
    kind: "disk",
    aims: {
      snapshot: { path: "/snapshots/undo-", method: "PUT" },
      "delete disk": { path: "/disks/", method: "DELETE" },
    },
    writes: 2,
  },
  change_disk_kind: {
    kind: "disk",
    input: { to: "StandardSSD_LRS" },
    aims: { "change kind": { path: "/disks/", method: "PATCH" } },
    writes: 1,
  },
  delete_snapshot: {
    kind: "snapshot",
    aims: { "delete snapshot": { path: "/snapshots/", method: "DELETE" } },
    writes: 1,
  },
  delete_public_ip: {
    kind: "address",
    aims: { "delete address": { path: "/publicipaddresses/", method: "DELETE" } },
    writes: 1,
  },
  delete_network_card: {
    kind: "card",
    aims: { "delete card": { path: "/networkinterfaces/", method: "DELETE" } },
    writes: 1,
  },
  delete_load_balancer: {
    kind: "balancer",
    aims: { "delete balancer": { path: "/loadbalancers/", method: "DELETE" } },
    writes: 1,
  },
  delete_app_service_plan: {
    kind: "plan",
    aims: { "delete plan": { path: "/serverfarms/", method: "DELETE" } },
    writes: 1,
  },
  change_access_tier: {
    kind: "account",
    input: { to: "Cool" },
    aims: { "set tier": { path: "/storageaccounts/", method: "PATCH" } },
    writes: 1,
  },
  resize_database: { kind: "database", input: { to: "GP_Gen5_2" }, aims: { scale: sql }, writes: 1 },
  make_database_serverless: {
    kind: "database",
    input: { to: "GP_S_Gen5_4" },
    aims: { "make serverless": sql },
    writes: 1,
  },
  add_tags: {
    kind: "disk",
    input: { tags: [{ name: "Squad", value: "blue" }] },
    aims: { "set tags": { path: "/tags/default", method: "PATCH" } },
    writes: 1,
  },
};

export const actionNames = Object.keys(actionCases) as ActionName[];

/** Whether it can be undone. */
export function isReversible(name: ActionName): boolean {
  return actions.some((action) => action.name === name && !("irreversible" in action.undo));
}
