import type { FleetRule, Rule } from "../rule.ts";
import autoShutdown from "./auto-shutdown.ts";
import databaseRightsizing from "./database-rightsizing.ts";
import emptyAppServicePlan from "./empty-app-service-plan.ts";
import hybridBenefit from "./hybrid-benefit.ts";
import idleGateway from "./idle-gateway.ts";
import idleLoadBalancer from "./idle-load-balancer.ts";
import idleVm from "./idle-vm.ts";
import orphanedNic from "./orphaned-nic.ts";
import reservedInstance from "./reserved-instance.ts";
import serverlessCandidate from "./serverless-candidate.ts";
import snapshotCleanup from "./snapshot-cleanup.ts";
import spotInstance from "./spot-instance.ts";
import stoppedVm from "./stopped-not-deallocated-vm.ts";
import storageTier from "./storage-tier.ts";
import unattachedDisk from "./unattached-disk.ts";
import underutilizedVm from "./underutilized-vm.ts";
import unusedPublicIp from "./unused-public-ip.ts";
import vmRightsizing from "./vm-rightsizing.ts";

/** Every rule that judges one resource; adding one is a file beside this and a line here. */
export const allRules: readonly Rule[] = [
  idleVm,
  stoppedVm,
  vmRightsizing,
  underutilizedVm,
  spotInstance,
  autoShutdown,
  hybridBenefit,
  unattachedDisk,
  snapshotCleanup,
  unusedPublicIp,
  idleLoadBalancer,
  idleGateway,
  emptyAppServicePlan,
  orphanedNic,
  storageTier,
  databaseRightsizing,
  serverlessCandidate,
];

/** Every rule that judges machines together, after the others have judged each. */
export const fleetRules: readonly FleetRule[] = [reservedInstance];
