import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import { type ActionReader, defineAction } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";
import { addressLoss, findDynamicAddresses, unplannedLoss } from "../find-dynamic-addresses.ts";
import { highestInLastHour } from "../highest-in-last-hour.ts";
import { isProduction } from "../is-production.ts";
import { powerStep } from "../power-step.ts";

const Parameters = z.object({ dynamicAddresses: z.array(z.string()) });

/** Above this P95 of the last hour's maximum CPU a machine is at work, whatever its last fortnight said. */
const busyCpuPercent = 20;

/**
 * Deallocates virtual machines: compute stops costing, disks and static addresses stay. Source of what is lost:
 * learn.microsoft.com, "States and billing status of Azure Virtual Machines".
 */
export default defineAction({
  name: "stop_vm",
  version: 1,
  title: "Stop virtual machines",
  examples: [
    "stop the idle VMs in rg-dev",
    "turn off vm-legacy-cms-001",
    "please shut down the machines nobody uses",
    "deallocate vm-dev-spike-001",
  ],
  resourceType: "microsoft.compute/virtualmachines",
  resolves: ["idle_vm", "stopped_not_deallocated_vm"],
  operations: ["Microsoft.Compute/virtualMachines/deallocate/action"],
  headline: (count) => (count === 1 ? "Stop 1 virtual machine" : `Stop ${count} virtual machines`),
  input: z.object({}),

  async plan(reader, live) {
    refuseStopped(live);
    if (readText(live.properties, "storageProfile", "osDisk", "diffDiskSettings", "option")) {
      throw new AppError(
        "unsupported",
        `${live.name} has an ephemeral OS disk; Azure cannot deallocate it.`,
        {
          hint: "It can only be deleted or made anew with a managed OS disk.",
        },
      );
    }
    const dynamicAddresses = await findDynamicAddresses(reader, live);
    return {
      parameters: { dynamicAddresses },
      effects: [
        "What is on the temporary disk is lost.",
        ...(live.status === "stopped" ? ["It is shut down now; starting it again makes it run."] : []),
        ...addressLoss(dynamicAddresses),
        "Azure does not guarantee that there is capacity at the next start.",
        "Its disks and static addresses stay and go on costing.",
      ],
      risk: changeRisk("stop_vm", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields: (live) => ({
      ...stateOf(live),
      production: live && isProduction(live), // the risk that people approved
    }),
    checkEvidence: async (reader, live, parameters) =>
      live &&
      ((await busyReason(reader, live)) ??
        (await unplannedLoss(reader, live, Parameters.parse(parameters).dynamicAddresses))),
    steps: [powerStep("deallocate")],
  },

  undo: {
    describe: () => "Start it again, about 2 minutes.",
    headline: (count) =>
      count === 1 ? "Start 1 virtual machine again" : `Start ${count} virtual machines again`,
    until: () => null,
    operations: ["Microsoft.Compute/virtualMachines/start/action"],
    driftFields: stateOf,
    checkEvidence: async () => null,
    steps: [powerStep("start")],
  },
});

function refuseStopped(live: LiveResource): void {
  if (live.status === "running" || live.status === "stopped") return;
  throw new AppError("conflict", `${live.name} is ${live.status ?? "in an unknown state"}, not running.`, {
    hint: "There is nothing to stop.",
  });
}

function stateOf(live: LiveResource | null) {
  return {
    status: live?.status ?? null,
    size: readText(live?.properties, "hardwareProfile", "vmSize") ?? null,
    // Another machine made under the same name has another one.
    vmId: readText(live?.properties, "vmId") ?? null,
  };
}

async function busyReason(reader: ActionReader, live: LiveResource): Promise<string | null> {
  // The guest is shut down: there is nothing that could be at work, and no metric either.
  if (live.status !== "running") return null;
  const busiest = await highestInLastHour(reader, live, "cpu_percent");
  if (busiest === null) return "its CPU in the last hour is not known, so nobody can tell that it is idle.";
  return busiest > busyCpuPercent ? "its CPU was busy in the last hour, so somebody uses it." : null;
}
