import type { Effect } from "./finding.ts";
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

interface Change {
  type: string;
  effects: readonly Effect[];
}

/** Whether two recommendations that meet on a resource cannot both be carried out. */
export function excludeEachOther(one: Change, other: Change): boolean {
  const parts = [one, other].filter(removesPart);
  // A blob that is removed leaves its account, and the other blobs, to whatever else is done there.
  if (parts.length > 0)
    return [one, other].some((change) => endings.has(change.type) && !parts.includes(change));
  if (one.type === other.type || endings.has(one.type) || endings.has(other.type)) return true;
  return rivals.some((types) => types.has(one.type) && types.has(other.type));
}

/** An unmanaged disk is a part of its storage account: what it costs is an amount of the account's cost. */
function removesPart({ type, effects }: Change): boolean {
  return (
    type === ("unattached_disk" satisfies RecommendationType) &&
    effects.length > 0 &&
    effects.every(({ change }) => change.kind === "amount")
  );
}

/**
 * In which order changes are made: what ends first, then what is changed to fit, then how the rest is paid.
 * Reservations come last, because they are bought for what is left (RULES.md).
 */
export function stageOf(type: string): 1 | 2 | 3 {
  if (endings.has(type)) return 1;
  return type === "reserved_instance" ? 3 : 2;
}
