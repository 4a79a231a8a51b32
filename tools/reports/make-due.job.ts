import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { findPersonInOrganization, selectPersonNames } from "@cloudoptima/db/queries/people.ts";
import { listSchedules, type StoredSchedule } from "@cloudoptima/db/queries/report-schedules.ts";
import { findLeftReports } from "@cloudoptima/db/queries/reports.ts";
import type { Logger } from "pino";
import { visibleOrganizations } from "../access/local-actor.ts";
import { systemActor } from "../access/system-actor.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { Invoke } from "../kernel/invoke.ts";
import { hasPermission } from "../kernel/permissions.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { takeUpMs } from "./report-limits.ts";

export interface MakeDueOptions {
  database: Database;
  demo: boolean;
  invoke: Invoke;
  now(): Temporal.Instant;
  /** Absent: this machine's clock. */
  realNow?(): Date;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Makes the reports that schedules are due for, each in the name of whose schedule it is, and goes on with those whose
 * process died. A schedule whose owner is gone, or may make none any more, is stopped and says so.
 */
export async function makeDueReports(options: MakeDueOptions): Promise<void> {
  const { database, invoke, log, signal } = options;
  for (const organization of await visibleOrganizations(database, options.demo)) {
    for (const schedule of await findDue(options, organization.id)) {
      if (signal.aborted) return;
      const owner = await findOwner(database, organization, schedule);
      const stop = (reason: string) => {
        const input = { id: schedule.id, reason };
        const actor = systemActor(organization);
        return invoke({ actor, name: "stop_report_schedule", input, source: "worker", signal });
      };
      try {
        if ("reason" in owner) {
          // One that rests already has nothing but an unfinished report, which fails by itself.
          if (schedule.status === "active") await stop(owner.reason);
          continue;
        }
        const input = { scheduleId: schedule.id };
        await invoke({ actor: owner, name: "make_scheduled_report", input, source: "worker", signal });
      } catch (error) {
        if (signal.aborted) return;
        const { code, message, hint } = AppError.from(error);
        // Nothing that waiting would mend.
        if (code === "conflict") await stop([message, hint].filter(Boolean).join(" "));
        log.warn({ err: error, schedule: schedule.id }, "a scheduled report was not made");
      }
    }
  }
}

function findDue(options: MakeDueOptions, organizationId: string): Promise<StoredSchedule[]> {
  const real = options.realNow?.() ?? new Date();
  const left = {
    silentSince: new Date(real.getTime() - silentMs),
    askedSince: new Date(real.getTime() - takeUpMs),
  };
  return withTenant(options.database, organizationId, { access: "read" }, async (transaction) => {
    const unfinished = new Set(
      (await findLeftReports(transaction, left)).map(({ scheduleId }) => scheduleId),
    );
    const now = options.now().epochMilliseconds;
    return (await listSchedules(transaction)).filter(
      ({ id, status, nextDueAt }) =>
        unfinished.has(id) || (status === "active" && nextDueAt.getTime() <= now),
    );
  });
}

/** Whose schedule it is, as they are now; or why nobody can make its reports. */
function findOwner(
  database: Database,
  organization: { id: string; name: string },
  { by }: StoredSchedule,
): Promise<Actor | { reason: string }> {
  return withTenant(database, organization.id, { access: "read" }, async (transaction) => {
    const person = await findPersonInOrganization(transaction, by);
    if (!person) {
      const name = (await selectPersonNames(transaction, [by])).get(by) ?? "Whoever scheduled it";
      return {
        reason: `${name} is no longer one of you. Whoever resumes it makes its reports from then on.`,
      };
    }
    if (!hasPermission(person.role, "reports:create")) {
      return {
        reason: `${person.name} may no longer make reports: their role is ${person.role}. A member or an admin can resume it as their own.`,
      };
    }
    return {
      userId: person.id,
      name: person.name,
      organizationId: organization.id,
      organizationName: organization.name,
      role: person.role,
      via: "system",
    };
  });
}
