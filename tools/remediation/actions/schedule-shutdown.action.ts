import { z } from "zod";
import type { CloudRead, LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import {
  type ActionReader,
  type ActionStep,
  defineAction,
  type JsonRecord,
} from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";
import { addressLoss, findDynamicAddresses, unplannedLoss } from "../find-dynamic-addresses.ts";
import { isGone } from "../is-gone.ts";
import { isProduction } from "../is-production.ts";
import { Definition, idToMake } from "../read-definition.ts";
import {
  isEnabled,
  isSchedule,
  readShutdownTime,
  scheduleDefinition,
  scheduleIdOf,
  scheduleWords,
  shutdownSchedule,
} from "../shutdown-schedule.ts";
import { refuseUndeallocatable } from "../stop-for-change.ts";
import { targetChoice } from "../target-choice.ts";

/** `earlier`: a schedule that was there and switched off; null: there was none. */
const Parameters = z.object({
  to: z.string(),
  schedule: Definition,
  earlier: Definition.nullable(),
  dynamicAddresses: z.array(z.string()),
});

/**
 * Has Azure deallocate virtual machines at a time of every day. Azure starts none of them again by that: whoever needs
 * one starts it. Source: learn.microsoft.com, "Auto-shutdown a virtual machine"; REST, "DevTestLab schedules".
 */
export default defineAction({
  name: "schedule_shutdown",
  version: 1,
  title: "Shut virtual machines down every night",
  examples: [
    "shut down the machines that rest at night every night",
    "turn off vm-dev-workbench-001 every day at 19:00 UTC",
  ],
  resourceType: "microsoft.compute/virtualmachines",
  resolves: ["auto_shutdown"],
  operations: ["Microsoft.DevTestLab/schedules/write", "Microsoft.DevTestLab/schedules/delete"],
  headline: (count) =>
    count === 1
      ? "Shut 1 virtual machine down every night"
      : `Shut ${count} virtual machines down every night`,
  input: z.object(targetChoice),

  async plan(reader, live, { to = "" }) {
    const time = readShutdownTime(to);
    if (!time) {
      throw new AppError("unsupported", `${live.name} cannot be shut down at "${to}".`, {
        hint: 'Name a time of day in UTC, such as "19:00 UTC".',
      });
    }
    refuseUndeallocatable(live);
    const found = await reader.cloud.resource(scheduleIdOf(live.id), reader.signal);
    if (found && isEnabled(found)) {
      throw new AppError(
        "conflict",
        `${live.name} is shut down every day already: ${scheduleWords(found)}.`,
        {
          hint: "Change that schedule in Azure.",
        },
      );
    }
    const dynamicAddresses = await findDynamicAddresses(reader, live);
    const at = `${time.slice(0, 2)}:${time.slice(2)} UTC`;
    return {
      parameters: {
        to: at,
        schedule: shutdownSchedule(live, time),
        earlier: found && scheduleDefinition(found),
        dynamicAddresses,
      },
      effects: [
        `Azure deallocates it at ${at} every day, whatever runs on it then; in summer time that is an hour later by the clock.`,
        "Azure does not start it in the morning: whoever needs it starts it. Until then it costs its disks and static addresses only.",
        "What is on the temporary disk is lost each time.",
        ...addressLoss(dynamicAddresses),
        ...(found ? ["A schedule of it that is switched off is replaced; undoing puts it back."] : []),
      ],
      risk: changeRisk("schedule_shutdown", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields,
    checkEvidence: async (reader, live, parameters, step) => {
      const { earlier, dynamicAddresses } = Parameters.parse(parameters);
      const changed = await changedSchedule(reader, live, step === "schedule" ? null : earlier);
      return changed ?? (live && unplannedLoss(reader, live, dynamicAddresses));
    },
    steps: replaceSteps(["remove_earlier", "schedule"], "earlier", "schedule"),
  },

  undo: {
    describe: (parameters) =>
      Parameters.parse(parameters).earlier
        ? "Put its earlier schedule, which was switched off, back."
        : "Delete the schedule; a machine that is off by it stays off until somebody starts it.",
    headline: (count) =>
      count === 1
        ? "Shut 1 virtual machine down every night no more"
        : `Shut ${count} virtual machines down every night no more`,
    effects: () => ["A machine that is off by it stays off until somebody starts it."],
    until: () => null,
    operations: ["Microsoft.DevTestLab/schedules/write", "Microsoft.DevTestLab/schedules/delete"],
    driftFields,
    checkEvidence: (reader, live, parameters, step) =>
      changedSchedule(
        reader,
        live,
        step === "restore_earlier" ? null : Parameters.parse(parameters).schedule,
      ),
    steps: replaceSteps(["remove", "restore_earlier"], "schedule", "earlier"),
  },
});

type Which = "schedule" | "earlier";

/** What is there goes, what is wanted comes: Azure changes nothing but the tags of a schedule that there is. */
function replaceSteps([remove, make]: readonly [string, string], old: Which, wanted: Which): ActionStep[] {
  const of = (parameters: JsonRecord, which: Which) => Parameters.parse(parameters)[which];
  const read = (cloud: CloudRead, resourceId: string, signal: AbortSignal) =>
    cloud.resource(scheduleIdOf(resourceId), signal);
  return [
    {
      name: remove,
      when: (parameters) => of(parameters, old) !== null,
      submit: ({ cloud, resourceId, signal }) => cloud.delete(scheduleIdOf(resourceId), null, signal),
      verify: async ({ cloud, resourceId, signal }) => isGone(await read(cloud, resourceId, signal)),
    },
    {
      name: make,
      when: (parameters) => of(parameters, wanted) !== null,
      submit: ({ cloud, resourceId, parameters, signal }) => {
        const definition = of(parameters, wanted)!;
        return cloud.create(idToMake(scheduleIdOf(resourceId), definition), definition, signal);
      },
      verify: async ({ cloud, resourceId, parameters, signal }) =>
        isSchedule(await read(cloud, resourceId, signal), of(parameters, wanted)) ? "done" : "not_done",
    },
  ];
}

function driftFields(live: LiveResource | null): JsonRecord {
  return {
    exists: live !== null,
    // Another machine made under the same name has another one.
    vmId: readText(live?.properties, "vmId") ?? null,
    production: live && isProduction(live), // the risk that people approved
  };
}

/** The schedule is a resource of its own, so the machine's fields do not tell that somebody changed it. */
async function changedSchedule(
  { cloud, signal }: ActionReader,
  live: LiveResource | null,
  expected: Definition | null,
): Promise<string | null> {
  if (!live) return null;
  const found = await cloud.resource(scheduleIdOf(live.id), signal);
  return isSchedule(found, expected) ? null : "somebody changed its shutdown schedule meanwhile.";
}
