import type { RecommendationType } from "./recommendation-types.ts";

/** Why what is recommended is not carried out here, for people; types with an action of ours are not among them. */
const reasons: Partial<Record<RecommendationType, string>> = {
  reserved_instance:
    "CloudOptima buys nothing: a reservation binds money for a year or three, and no undo gives it back. Whoever may spend it buys it in Azure.",
  spot_instance:
    "CloudOptima does not carry this out: a machine becomes a spot machine only by being deleted and made again, and Azure may then take it away at any time. Whoever runs it makes it anew.",
  underutilized_vm:
    "CloudOptima does not carry this out yet: nothing proves that a smaller size would do. Once what is missing is measured, it becomes a recommendation to resize, which can be carried out here.",
  // Of single databases there is an action; what is left are pools.
  database_rightsizing:
    "CloudOptima scales single databases only: an elastic pool is scaled, or deleted when it is empty, in Azure, together with what it gives each of its databases.",
  idle_gateway:
    "CloudOptima deletes no gateways: shared keys and certificates of one cannot be read back, so that no undo could make the same again. Whoever runs the network deletes it in Azure.",
  // Of managed disks there is an action; what is left are unmanaged ones.
  unattached_disk:
    "CloudOptima deletes managed disks only: an unmanaged one is a blob, of which no undo could make a snapshot first. Whoever owns the storage account deletes it in Azure.",
  idle_load_balancer:
    "CloudOptima deletes only load balancers with nothing behind them: take its members out first, or delete it in Azure.",
  unused_public_ip:
    "Azure deletes no address that a network card holds: delete the card first; the address can be deleted here once it is free.",
};

/** A sentence or two on why a recommendation without an action of ours is left to people. */
export function doneElsewhere(type: string): string {
  return (
    reasons[type as RecommendationType] ??
    "CloudOptima does not carry this out itself: follow its steps in Azure, then mark it as implemented."
  );
}
