import { updateOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { changeSchedule, listSchedules } from "@cloudoptima/db/queries/report-schedules.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { moveDue } from "../reports/cadence.ts";
import { OrganizationSettings, readOrganizationSettings } from "./organization-settings.ts";

export default defineOperation({
  name: "update_organization_settings",
  title: "Change the organization's settings",
  description:
    "Changes the time zone of office hours and schedules, or whether history is kept for good. Schedules of reports move to their hour in the new zone; recommendations follow it at the next analysis.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /organization",
  input: OrganizationSettings.partial(),
  output: OrganizationSettings,
  run: (ctx, { timeZone, keepsHistory }) =>
    ctx.write(async (transaction) => {
      const before = await readOrganizationSettings(transaction);
      const after = {
        timeZone: timeZone ?? before.timeZone,
        keepsHistory: keepsHistory ?? before.keepsHistory,
      };
      await updateOrganization(transaction, {
        time_zone: after.timeZone,
        retention_exempt: after.keepsHistory,
        updated_at: ctx.realNow(),
      });
      if (after.timeZone === before.timeZone) return after;
      for (const { id, hour, nextDueAt } of await listSchedules(transaction)) {
        const due = Temporal.Instant.fromEpochMilliseconds(nextDueAt.getTime());
        const moved = moveDue(due, hour, { from: before.timeZone, to: after.timeZone });
        await changeSchedule(transaction, id, { next_due_at: new Date(moved.epochMilliseconds) });
      }
      return after;
    }),
});
