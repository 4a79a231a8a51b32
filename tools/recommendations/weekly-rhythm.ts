import { type HourlyUsage, lastHours } from "./hourly-usage.ts";

/** Hours of a day in which a machine is needed, half-open, local. */
export interface DayHours {
  from: number;
  to: number;
}

/** When a machine is needed: the same hours each working day, nothing at the weekend. */
export interface WeeklyRhythm {
  workdays: DayHours;
  onHoursAWeek: number;
}

export interface RhythmLimits {
  /** Hourly average CPU under which a machine is at rest, percent. */
  restCpuPercent: number;
  /** Received and sent together under which it is at rest. */
  restBytesPerSecond: number;
  /** Local hours that count as a working day; outside them it must be at rest. */
  officeStartHour: number;
  officeEndHour: number;
  /** Of the hours that are busy in either week, the share that may be busy in one alone, percent. */
  differingPercent: number;
}

export const rhythmDays = 14;
const hoursAWeek = 168;

/**
 * The weekly rhythm of the last 14 days: at rest outside office hours and at weekends, busy in about the same hours
 * of both weeks. An hour without measurement counts as busy. A string says why there is none.
 */
export function weeklyRhythm(
  usage: HourlyUsage,
  timeZone: string,
  limits: RhythmLimits,
): WeeklyRhythm | string {
  const cpu = lastHours(usage, "cpu_percent/average", rhythmDays);
  const received = lastHours(usage, "network_in_bytes/total", rhythmDays);
  const sent = lastHours(usage, "network_out_bytes/total", rhythmDays);
  const hourOfWeek = localHoursOfWeek(usage.end, rhythmDays * 24, timeZone);
  const restBytes = limits.restBytesPerSecond * 3600;
  // How many of its (one to three, by the clock's changes) hours were measured, and were busy.
  const busy = new Uint8Array(hoursAWeek);
  const rest = new Uint8Array(hoursAWeek);
  for (const [hour, ofWeek] of hourOfWeek.entries()) {
    if (Number.isNaN(cpu[hour]!)) continue;
    const isAtRest = cpu[hour]! < limits.restCpuPercent && received[hour]! + sent[hour]! < restBytes;
    (isAtRest ? rest : busy)[ofWeek]!++;
  }
  const outside = (ofWeek: number) =>
    ofWeek >= 120 || ofWeek % 24 < limits.officeStartHour || ofWeek % 24 >= limits.officeEndHour;
  const needed = [...busy.keys()].filter((ofWeek) => busy[ofWeek]! > 0);
  if (needed.length === 0) return "It has no busy hours.";
  if (needed.some(outside)) return "It works outside office hours.";
  const once = needed.filter((ofWeek) => rest[ofWeek]! > 0).length;
  if (once * 100 > needed.length * limits.differingPercent) return "Its hours differ from week to week.";
  const unmeasured = [...busy.keys()].filter((ofWeek) => busy[ofWeek]! + rest[ofWeek]! === 0);
  if (unmeasured.some(outside)) return "Some of its hours were not measured in either week.";
  const hours = needed.map((ofWeek) => ofWeek % 24);
  const workdays = { from: Math.min(...hours), to: Math.max(...hours) + 1 };
  return { workdays, onHoursAWeek: 5 * (workdays.to - workdays.from) };
}

let remembered: { key: string; hours: Uint8Array } | undefined;

/** For each of the last hours its hour of the week in the zone; Monday 0:00 is 0. All machines of a scan share it. */
function localHoursOfWeek(end: string, count: number, timeZone: string): Uint8Array {
  const key = `${end} ${count} ${timeZone}`;
  if (remembered?.key === key) return remembered.hours;
  const last = Temporal.Instant.from(end).toZonedDateTimeISO(timeZone);
  const hours = Uint8Array.from({ length: count }, (_, index) => {
    const { dayOfWeek, hour } = last.subtract({ hours: count - index });
    return (dayOfWeek - 1) * 24 + hour;
  });
  remembered = { key, hours };
  return hours;
}
