import type { RecommendationType } from "./recommendation-types.ts";

/** What stops or removes its resource: nothing else can be done to it then. */
const endings: ReadonlySet<string> = new Set<RecommendationType>([
  "idle_vm",
  "stopped_not_deallocated_vm",
  "unattached_disk",
  "snapshot_cleanup",
  "unused_public_ip",
  "orphaned_nic",
  "idle_load_balancer",
  "idle_gateway",
  "empty_app_service_plan",
]);

/** Ways to pay less for the same running hours: a machine takes one of them. */
const ways: ReadonlySet<string> = new Set<RecommendationType>([
  "spot_instance",
  "reserved_instance",
  "auto_shutdown",
]);

const rivals: readonly ReadonlySet<string>[] = [
  ways,
  new Set<RecommendationType>(["vm_rightsizing", "underutilized_vm"]),
  new Set<RecommendationType>(["database_rightsizing", "serverless_candidate"]),
];

/** Whether two recommendations of these types on one resource cannot both be carried out. */
export function excludeEachOther(one: string, other: string): boolean {
  if (one === other || endings.has(one) || endings.has(other)) return true;
  return rivals.some((types) => types.has(one) && types.has(other));
}

/**
 * In which order changes are made: what ends first, then what is changed to fit, then how the rest is paid.
 * Reservations come last, because they are bought for what is left (RULES.md).
 */
export function stageOf(type: string): 1 | 2 | 3 {
  if (endings.has(type)) return 1;
  return type === "reserved_instance" ? 3 : 2;
}
