import type { Risk } from "../kernel/define-action.ts";
import { isProduction, type Named } from "./is-production.ts";

/**
 * How grave a change is: elsewhere, and in production. One table for the gate and for recommendations, so that
 * "what can we save at low risk" never promises what the card of the proposal calls grave. A change that cannot be
 * undone, or that interrupts what people use, is graver.
 */
const risks = {
  change_access_tier: ["low", "medium"],
  change_disk_kind: ["medium", "high"],
  delete_app_service_plan: ["low", "medium"],
  delete_disk: ["medium", "medium"],
  delete_load_balancer: ["medium", "medium"],
  delete_network_card: ["low", "low"],
  delete_public_ip: ["medium", "medium"],
  delete_snapshot: ["high", "high"],
  make_database_serverless: ["medium", "high"],
  resize_database: ["low", "medium"],
  resize_vm: ["medium", "high"],
  schedule_shutdown: ["low", "high"],
  stop_vm: ["low", "medium"],
  use_own_licence: ["medium", "medium"],
} as const satisfies Record<string, readonly [elsewhere: Risk, production: Risk]>;

/** The risk of a change, by what it interrupts: the resource, or the machine that it belongs to; null: nothing. */
export function changeRisk(action: keyof typeof risks, interrupted: Named | null): Risk {
  const [elsewhere, production] = risks[action];
  return interrupted && isProduction(interrupted) ? production : elsewhere;
}
