import type { Check } from "./check.ts";
import { appServiceChecks } from "./checks/app-service.ts";
import { diskChecks } from "./checks/disks.ts";
import { gatewayChecks } from "./checks/gateways.ts";
import { kubernetesChecks } from "./checks/kubernetes.ts";
import { kubernetesSecurityChecks } from "./checks/kubernetes-security.ts";
import { managementChecks } from "./checks/management.ts";
import { networkSecurityGroupChecks } from "./checks/network-security-groups.ts";
import { networkChecks } from "./checks/networks.ts";
import { platformChecks } from "./checks/platform.ts";
import { scaleSetChecks } from "./checks/scale-sets.ts";
import { sqlChecks } from "./checks/sql.ts";
import { storageAccountChecks } from "./checks/storage-accounts.ts";
import { virtualMachineSecurityChecks } from "./checks/virtual-machine-security.ts";
import { virtualMachineChecks } from "./checks/virtual-machines.ts";

/** Every check of the assessment. They are code: checks.test.ts validates each, so that no start has to. */
export const allChecks: readonly Check[] = [
  ...virtualMachineChecks,
  ...virtualMachineSecurityChecks,
  ...scaleSetChecks,
  ...diskChecks,
  ...networkChecks,
  ...networkSecurityGroupChecks,
  ...gatewayChecks,
  ...storageAccountChecks,
  ...sqlChecks,
  ...appServiceChecks,
  ...kubernetesChecks,
  ...kubernetesSecurityChecks,
  ...platformChecks,
  ...managementChecks,
];

const byId = new Map(allChecks.map((check) => [check.id, check]));

/** A check by its id, in any case: "rel-vm-01". */
export function findCheck(id: string): Check | undefined {
  return byId.get(id.trim().toUpperCase());
}
