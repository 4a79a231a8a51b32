import type { FleetRule, Rule } from "../rule.ts";
import idleVm from "./idle-vm.ts";
import unattachedDisk from "./unattached-disk.ts";
import unusedPublicIp from "./unused-public-ip.ts";

/** Every rule that judges one resource; adding one is a file beside this and a line here. */
export const allRules: readonly Rule[] = [idleVm, unattachedDisk, unusedPublicIp];

/** Every rule that judges machines together, after the others have judged each. */
export const fleetRules: readonly FleetRule[] = [];
