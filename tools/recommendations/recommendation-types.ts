import { openStatuses, type RecommendationStatus } from "@cloudoptima/db/recommendation-words.ts";

export {
  openStatuses,
  type RecommendationEffort,
  type RecommendationRisk,
  type RecommendationStatus,
  recommendationEfforts,
  recommendationRisks,
  recommendationStatuses,
} from "@cloudoptima/db/recommendation-words.ts";

/** Every type of recommendation, as people call it (technical-design 3.3 and RULES.md). */
export const recommendationTypeLabels = {
  idle_vm: "Idle virtual machine",
  underutilized_vm: "Underutilized virtual machine",
  vm_rightsizing: "Oversized virtual machine",
  spot_instance: "Spot candidate",
  reserved_instance: "Reservation",
  auto_shutdown: "Nightly shutdown",
  stopped_not_deallocated_vm: "Stopped but billed virtual machine",
  hybrid_benefit: "Azure Hybrid Benefit",
  unattached_disk: "Unattached disk",
  storage_tier: "Cheaper storage tier",
  snapshot_cleanup: "Old snapshot",
  unused_public_ip: "Unused public IP address",
  orphaned_nic: "Orphaned network card",
  idle_load_balancer: "Idle load balancer",
  idle_gateway: "Idle gateway",
  database_rightsizing: "Oversized database",
  serverless_candidate: "Serverless candidate",
  empty_app_service_plan: "Empty App Service plan",
} as const;

export type RecommendationType = keyof typeof recommendationTypeLabels;

export const recommendationTypes = Object.keys(recommendationTypeLabels) as [
  RecommendationType,
  ...RecommendationType[],
];

export function isOpenStatus(status: RecommendationStatus): boolean {
  return (openStatuses as readonly RecommendationStatus[]).includes(status);
}
