import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import {
  type ActionReader,
  type ActionStep,
  defineAction,
  type JsonRecord,
} from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";
import { checkSize } from "../check-size.ts";
import { findDynamicAddresses, unplannedLoss } from "../find-dynamic-addresses.ts";
import { isProduction } from "../is-production.ts";
import { powerStep } from "../power-step.ts";
import { interruption, refuseUnmovable } from "../stop-for-change.ts";
import { targetChoice } from "../target-choice.ts";
import { tooBusyFor } from "../too-busy-for.ts";

const Parameters = z.object({
  from: z.string(),
  to: z.string(),
  wasRunning: z.boolean(),
  dynamicAddresses: z.array(z.string()),
});

const operations = [
  "Microsoft.Compute/virtualMachines/write",
  "Microsoft.Compute/virtualMachines/deallocate/action",
  "Microsoft.Compute/virtualMachines/start/action",
];

/**
 * Gives virtual machines another size: deallocated first, so that Azure may move them to hardware that has it, and
 * started again if they ran. Source: learn.microsoft.com, "Change the size of a virtual machine".
 */
export default defineAction({
  name: "resize_vm",
  version: 1,
  title: "Resize virtual machines",
  examples: [
    "resize the oversized VMs",
    "right-size vm-dev-reports-001",
    "scale down the machines that are too big",
  ],
  resourceType: "microsoft.compute/virtualmachines",
  resolves: ["vm_rightsizing"],
  operations,
  headline: (count) => (count === 1 ? "Resize 1 virtual machine" : `Resize ${count} virtual machines`),
  input: z.object(targetChoice),

  async plan(reader, live, { to }) {
    if (!to) throw new Error("A size is chosen before this is planned.");
    refuseUnmovable(live);
    const { current, target, against, missing } = await checkSize(reader, live, to);
    const from = sizeOf(live);
    if (!from || !target || against.length > 0) {
      throw new AppError(
        "unsupported",
        `${live.name} cannot become ${to}: ${against.join("; ") || "its own size is not known"}.`,
        {
          hint: "Choose another size.",
        },
      );
    }
    if (target.name.toLowerCase() === from.toLowerCase()) {
      throw new AppError("conflict", `${live.name} is a ${from} already.`, {
        hint: "There is nothing to change.",
      });
    }
    const wasRunning = live.status === "running";
    const dynamicAddresses = wasRunning ? await findDynamicAddresses(reader, live) : [];
    return {
      parameters: { from, to: target.name, wasRunning, dynamicAddresses },
      effects: [
        `${from} becomes ${target.name}${current ? `: ${current.vcpus} vCPUs and ${current.memoryGib} GiB become ${target.vcpus} and ${target.memoryGib}` : ""}.`,
        ...(wasRunning ? [...interruption(dynamicAddresses), noRoom] : ["It is off and stays off."]),
        ...missing.map((what) => `Not known: ${what}. If it does not, Azure refuses and the size stays.`),
      ],
      risk: changeRisk("resize_vm", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields,
    checkEvidence: async (reader, live, parameters) => {
      const { to, dynamicAddresses } = Parameters.parse(parameters);
      return live && (await speaksAgainst(reader, live, to, dynamicAddresses, parameters));
    },
    steps: stepsTo("to"),
  },

  undo: {
    describe: (parameters) => {
      const { from, wasRunning } = Parameters.parse(parameters);
      return `Resize it back to ${from}${wasRunning ? ", which restarts it again" : ""}.`;
    },
    headline: (count) =>
      count === 1 ? "Resize 1 virtual machine back" : `Resize ${count} virtual machines back`,
    effects: (parameters) => {
      const { from, wasRunning, dynamicAddresses } = Parameters.parse(parameters);
      return [
        `It becomes ${from} again.`,
        ...(wasRunning ? [...interruption(dynamicAddresses), noRoom] : []),
      ];
    },
    until: () => null,
    operations,
    driftFields,
    checkEvidence: async (reader, live, parameters) => {
      const { from, dynamicAddresses } = Parameters.parse(parameters);
      return live && (await speaksAgainst(reader, live, from, dynamicAddresses, parameters));
    },
    steps: stepsTo("from"),
  },
});

const noRoom =
  "If Azure has no room for the new size, it is started again as it was; that there is room for that, Azure does not guarantee.";

/** Off, another size, on again; a machine that was off only gets the size. */
function stepsTo(which: "from" | "to"): readonly ActionStep[] {
  const wasRunning = (parameters: JsonRecord) => Parameters.parse(parameters).wasRunning;
  const wanted = (parameters: JsonRecord) => Parameters.parse(parameters)[which];
  return [
    powerStep("deallocate", { when: wasRunning, changes: () => ({ status: "deallocated" }) }),
    {
      name: "resize",
      changes: (parameters) => ({ size: wanted(parameters) }),
      submit: ({ cloud, resourceId, live, parameters, signal }) =>
        cloud.update(
          resourceId,
          { properties: { hardwareProfile: { vmSize: wanted(parameters) } } },
          live?.etag ?? null,
          signal,
        ),
      async verify({ live, parameters }) {
        if (live === null) return "unknown";
        if (/^updating$/i.test(readText(live.properties, "provisioningState") ?? "")) return "under_way";
        return sizeOf(live) === wanted(parameters) ? "done" : "not_done";
      },
    },
    powerStep("start", {
      when: wasRunning,
      changes: () => ({ status: "running" }),
      restores: "It was started again as it was.",
    }),
  ];
}

const sizeOf = (live: LiveResource | null) => readText(live?.properties, "hardwareProfile", "vmSize") ?? null;

function driftFields(live: LiveResource | null): JsonRecord {
  return {
    status: live?.status ?? null,
    size: sizeOf(live),
    // Another machine made under the same name has another one.
    vmId: readText(live?.properties, "vmId") ?? null,
    production: live && isProduction(live), // the risk that people approved
  };
}

/** Asked before each write; once it is off, only going on helps. */
async function speaksAgainst(
  reader: ActionReader,
  live: LiveResource,
  to: string,
  dynamicAddresses: readonly string[],
  parameters: JsonRecord,
): Promise<string | null> {
  const { wasRunning } = Parameters.parse(parameters);
  if (wasRunning && live.status !== "running") return null;
  const { current, target, against } = await checkSize(reader, live, to);
  if (against.length > 0) return `it cannot become ${to} any more: ${against.join("; ")}.`;
  if (!wasRunning) return null;
  const busy =
    current &&
    target &&
    (await tooBusyFor(to, reader, live, { metric: "cpu_percent", from: current.vcpus, to: target.vcpus }));
  return busy ?? unplannedLoss(reader, live, dynamicAddresses);
}
