import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import { type Definition, readDefinition } from "./read-definition.ts";

/** Of a schedule's properties, what defines it; the rest Azure gives. */
const properties = [
  "status",
  "taskType",
  "dailyRecurrence",
  "timeZoneId",
  "notificationSettings",
  "targetResourceId",
];

/** Azure knows a machine's own schedule by this name alone, beside it in its group. */
export function scheduleIdOf(machineId: string): string {
  const [group = "", name = ""] = machineId
    .toLowerCase()
    .split("/providers/microsoft.compute/virtualmachines/");
  return `${group}/providers/microsoft.devtestlab/schedules/shutdown-computevm-${name}`;
}

/** "19:00 UTC" as Azure wants it, "1900"; undefined: it is no time of day. */
export function readShutdownTime(text: string): string | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)(?: ?UTC)?$/i.exec(text.trim()) ?? [];
  return hours && `${hours}${minutes}`;
}

/** A daily shutdown of a machine. UTC, because Azure's names of time zones are Windows' and follow the seasons. */
export function shutdownSchedule(machine: LiveResource, time: string): Definition {
  return {
    name: `shutdown-computevm-${machine.name}`,
    type: "Microsoft.DevTestLab/schedules",
    region: machine.region ?? "",
    tags: {},
    properties: {
      status: "Enabled",
      taskType: "ComputeVmShutdownTask",
      dailyRecurrence: { time },
      timeZoneId: "UTC",
      notificationSettings: { status: "Disabled" },
      targetResourceId: machine.id,
    },
  };
}

export const scheduleDefinition = (live: LiveResource): Definition => readDefinition(live, properties);

export const isEnabled = (live: LiveResource): boolean =>
  /^enabled$/i.test(readText(live.properties, "status") ?? "");

/** "1900 UTC", for people. */
export function scheduleWords(live: LiveResource): string {
  return [readText(live.properties, "dailyRecurrence", "time"), readText(live.properties, "timeZoneId")]
    .filter(Boolean)
    .join(" ");
}

/** Whether a schedule does what another one does; null: there is none. Azure adds fields of its own to it. */
export function isSchedule(live: LiveResource | null, wanted: Definition | null): boolean {
  if (!live || !wanted) return live === wanted;
  const told = (of: unknown) =>
    [["status"], ["taskType"], ["dailyRecurrence", "time"], ["timeZoneId"], ["targetResourceId"]]
      .map((path) => String(readProperty(of, ...path) ?? "").toLowerCase())
      .join("\n");
  return told(live.properties) === told(wanted.properties);
}
