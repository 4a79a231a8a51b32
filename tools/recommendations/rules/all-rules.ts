import type { RecommendationType, Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { judgeIdleVm } from "./idle-vm.ts";
import { judgeUnattachedDisk } from "./unattached-disk.ts";
import { judgeUnusedPublicIp } from "./unused-public-ip.ts";

export interface Rule {
  type: RecommendationType;
  /** Lower case. */
  resourceType: string;
  needsMetrics: boolean;
  judge(resource: JudgedResource, facts: ResourceFacts): Verdict;
}

/** Every rule; adding one is a file beside this and a line here. */
export const allRules: readonly Rule[] = [
  {
    type: "unattached_disk",
    resourceType: "microsoft.compute/disks",
    needsMetrics: false,
    judge: judgeUnattachedDisk,
  },
  {
    type: "unused_public_ip",
    resourceType: "microsoft.network/publicipaddresses",
    needsMetrics: false,
    judge: judgeUnusedPublicIp,
  },
  {
    type: "idle_vm",
    resourceType: "microsoft.compute/virtualmachines",
    needsMetrics: true,
    judge: judgeIdleVm,
  },
];
