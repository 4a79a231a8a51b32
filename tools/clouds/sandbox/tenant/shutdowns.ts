import { badRequest } from "../server/azure-error.ts";
import type { PowerChange } from "./power.ts";
import type { Resource } from "./tenant-schema.ts";

const hourMs = 3_600_000;

/** Daily shutdowns of machines by schedules, from when each was made until it was deleted or switched off. */
export interface Shutdowns {
  /** A schedule as it is from now on; one that is switched off shuts nothing down. */
  put(schedule: Resource, nowMs: number): void;
  delete(scheduleId: string, nowMs: number): void;
  /** What schedules did to a machine (its id in lower case) until now, each from its next full hour on. */
  of(machineId: string, nowMs: number): PowerChange[];
  /** How often any machine was shut down until now. */
  count(nowMs: number): number;
}

export const isSchedule = (id: string): boolean =>
  id.toLowerCase().includes("/providers/microsoft.devtestlab/schedules/");

export function createShutdowns(): Shutdowns {
  const spans: { id: string; machine: string; minute: number; fromMs: number; toMs: number }[] = [];
  const end = (scheduleId: string, nowMs: number) => {
    const open = spans.findLast(({ id, toMs }) => id === scheduleId.toLowerCase() && toMs === Infinity);
    if (open) open.toMs = nowMs;
  };
  const hours = (span: (typeof spans)[number], nowMs: number) => {
    const found: number[] = [];
    const until = Math.min(span.toMs, nowMs);
    let at = Math.floor(span.fromMs / (24 * hourMs)) * 24 * hourMs + span.minute * 60_000;
    for (; at <= until; at += 24 * hourMs) if (at > span.fromMs) found.push(Math.ceil(at / hourMs));
    return found;
  };
  return {
    put(schedule, nowMs) {
      end(schedule.id, nowMs);
      const { machine, minute, isOn } = readSchedule(schedule);
      if (isOn) spans.push({ id: schedule.id.toLowerCase(), machine, minute, fromMs: nowMs, toMs: Infinity });
    },
    delete: end,
    of: (machineId, nowMs) =>
      spans
        .filter(({ machine }) => machine === machineId)
        .flatMap((span) => hours(span, nowMs))
        .map((fromHour) => ({ fromHour, state: "deallocated" })),
    count: (nowMs) => spans.reduce((sum, span) => sum + hours(span, nowMs).length, 0),
  };
}

/** A daily shutdown, or Azure's refusal of what is none. */
export function readSchedule({ properties }: Resource): { machine: string; minute: number; isOn: boolean } {
  const { status, taskType, timeZoneId, targetResourceId } = properties;
  const { time } = (properties.dailyRecurrence ?? {}) as { time?: unknown };
  const [, hours, minutes] = /^([01]\d|2[0-3])([0-5]\d)$/.exec(String(time)) ?? [];
  if (taskType !== "ComputeVmShutdownTask" || !hours || typeof targetResourceId !== "string") {
    throw badRequest("The schedule is not valid: taskType, dailyRecurrence or target.", "InvalidSchedule");
  }
  if (timeZoneId !== "UTC") {
    throw badRequest(`The time zone '${timeZoneId}' is not known to this sandbox.`, "InvalidTimeZoneId");
  }
  return {
    machine: targetResourceId.toLowerCase(),
    minute: Number(hours) * 60 + Number(minutes),
    isOn: String(status).toLowerCase() === "enabled",
  };
}
