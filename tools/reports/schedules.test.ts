import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import { removePerson, updateRole } from "@cloudoptima/db/queries/people.ts";
import { addReport } from "@cloudoptima/db/queries/reports.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import { costRow, loadRows } from "../costs/testing/load-rows.ts";
import type { Actor } from "../kernel/actor.ts";
import { thisProcess } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { createLog } from "../log.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import { makeDueReports } from "./make-due.job.ts";
import { mostReports, mostSchedules, takeUpMs } from "./report-limits.ts";
import type { ReportStatus } from "./report-output.ts";
import { everything } from "./report-place.ts";
import type { ReportSchedule } from "./schedule-output.ts";
import type { WholeReport } from "./testing/report-world.ts";

describeEachEngine("scheduled reports", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let member: Actor;
  let admin: Actor;
  let now: Temporal.Instant;

  const call = async (actor: Actor, name: string, input: Record<string, unknown> = {}) =>
    // biome-ignore lint/suspicious/noExplicitAny: what a test looks at decides
    (await tools.invoke({ actor, name, input, source: "rest" })).output as any;
  const at = (iso: string) => {
    now = Temporal.Instant.from(iso);
  };
  const look = (signal = new AbortController().signal) =>
    makeDueReports({
      database: engine.database(),
      demo: false,
      invoke: tools.invoke,
      now: () => now,
      realNow: () => new Date(now.epochMilliseconds),
      log: createLog({ level: "silent" }),
      signal,
    });
  const reports = async (): Promise<ReportStatus[]> => (await call(admin, "list_reports")).reports;
  const schedules = async (): Promise<ReportSchedule[]> =>
    (await call(admin, "list_report_schedules")).schedules;
  const write: ReturnType<TestTools["context"]>["write"] = (work) => tools.context(admin).write(work);

  beforeEach(async () => {
    at("2026-10-01T10:00:00Z"); // a Thursday
    tools = createTestTools({
      database: engine.database(),
      now: () => now,
      realNow: () => new Date(now.epochMilliseconds),
      log: createLog({ level: "silent" }),
    });
    organization = await tools.createOrganization("Contoso");
    admin = tools.actor(organization);
    member = { ...tools.actor(organization, "member"), name: "Ann" };
    await write((transaction) =>
      addPeople(
        transaction,
        [admin, member].map(({ userId, name, role }) => ({
          ...{ id: userId, name, role, organization_id: organization.id },
          email: `${userId}@contoso.example`,
        })),
      ),
    );
    await loadRows(tools, organization, [
      costRow({ day: "2026-09-14", cost: "5", subAccountId: "sub-1", subAccountName: "Production" }),
      costRow({ day: "2026-09-29", cost: "3", subAccountId: "sub-2", subAccountName: "Test" }),
    ]);
  });

  const weekly = { every: "week", day: 1, hour: 8, reportType: "cost_analysis" } as const;

  test("are made when they are due, of the week before, in their owner's name, and listed as such", async () => {
    const schedule = await call(member, "schedule_report", { ...weekly, subscription: "test" });
    expect(schedule).toMatchObject({
      inWords: "each Monday at 08:00",
      status: "active",
      nextDueAt: "2026-10-05T08:00:00.000Z",
      lastDueAt: null,
      place: { subscription: { id: "sub-2", name: "Test" }, resourceGroup: null },
      createdBy: { id: member.userId, name: "Ann" },
    });
    at("2026-10-05T07:59:00Z");
    await look();
    expect(await reports()).toEqual([]);
    at("2026-10-05T08:04:00Z");
    await look();
    const [report] = await reports();
    expect(report).toMatchObject({
      status: "ready",
      title: "Cost analysis of Test, 28 Sep - 4 Oct 2026",
      period: { start: "2026-09-28", end: "2026-10-05" },
      generatedBy: { id: member.userId, name: "Ann" },
      schedule: { id: schedule.id, dueAt: "2026-10-05T08:00:00.000Z" },
    });
    const { content } = (await call(admin, "get_report", { id: report!.id })) as WholeReport;
    expect(content).toMatchObject({
      scope: "Test",
      schedule: "each Monday at 08:00",
      generatedBy: { name: "Ann" },
    });
    const [costs] = content!.sections[0]!.answers;
    expect(costs).toMatchObject({ outcome: "answered", figures: [{ value: "3" }] });
    expect(await schedules()).toMatchObject([
      { nextDueAt: "2026-10-12T08:00:00.000Z", lastDueAt: "2026-10-05T08:00:00.000Z" },
    ]);
  });

  test("follow the organization's own time zone", async () => {
    await call(admin, "update_organization_settings", { timeZone: "America/New_York" });
    const schedule = await call(member, "schedule_report", { ...weekly, every: "month", day: 3 });
    expect(schedule).toMatchObject({
      nextDueAt: "2026-10-03T12:00:00.000Z",
      inWords: "on day 3 of each month at 08:00",
    });
    expect(await call(admin, "list_report_schedules")).toMatchObject({ timeZone: "America/New_York" });
    at("2026-10-03T12:00:00Z");
    await look();
    expect(await reports()).toMatchObject([{ period: { start: "2026-09-01", end: "2026-10-01" } }]);
  });

  test("move with the time zone, and no week is told of twice or left out", async () => {
    await call(member, "schedule_report", weekly);
    at("2026-10-05T08:04:00Z");
    await look();
    await call(admin, "update_organization_settings", { timeZone: "America/New_York" });
    expect(await schedules()).toMatchObject([{ nextDueAt: "2026-10-12T12:00:00.000Z" }]);
    at("2026-10-05T12:04:00Z");
    await look();
    expect(await reports()).toHaveLength(1);
    at("2026-10-12T05:00:00Z"); // past eight in Tokyo, not yet eight elsewhere
    await call(admin, "update_organization_settings", { timeZone: "Asia/Tokyo" });
    await look();
    expect(await reports()).toMatchObject([
      { period: { start: "2026-10-05" }, schedule: { dueAt: "2026-10-11T23:00:00.000Z" } },
      { period: { start: "2026-09-28" } },
    ]);
  });

  test("that were missed are made up once, and none is made twice, also by two workers at once", async () => {
    await call(member, "schedule_report", weekly);
    at("2026-10-27T09:00:00Z"); // three Mondays later and one day
    await Promise.all([look(), look()]);
    await look();
    expect(await reports()).toMatchObject([
      { period: { start: "2026-10-19", end: "2026-10-26" }, schedule: { dueAt: "2026-10-26T08:00:00.000Z" } },
    ]);
    expect(await schedules()).toMatchObject([{ nextDueAt: "2026-11-02T08:00:00.000Z" }]);
    const [made] = await reports();
    const twice = write((transaction) =>
      addReport(transaction, {
        ...{ id: crypto.randomUUID(), organizationId: organization.id, by: member.userId, at: new Date() },
        ...{ type: "cost_analysis", title: "Twice", format: "pdf", sections: [], place: everything },
        period: made!.period,
        schedule: { id: made!.schedule!.id, dueAt: new Date(made!.schedule!.dueAt) },
      }),
    );
    await expect(twice).rejects.toThrow(/reports_once_a_time/);
  });

  test("whose process died are taken up by the next, once, and not for ever", async () => {
    await call(member, "schedule_report", weekly);
    at("2026-10-05T08:00:00Z");
    const ending = new AbortController();
    // Dies at its first question: the report stays as a killed process leaves it.
    const cut = (request: Parameters<TestTools["invoke"]>[0]) => {
      ending.abort();
      return tools.invoke({ ...request, signal: ending.signal });
    };
    await makeDueReports({
      ...{ database: engine.database(), demo: false, now: () => now, invoke: cut },
      realNow: () => new Date(now.epochMilliseconds),
      log: createLog({ level: "silent" }),
      signal: new AbortController().signal,
    });
    const [left] = await reports();
    expect(left!.status).toBe("pending");
    await look();
    expect(await reports()).toEqual([left]);
    at("2026-10-05T08:05:00Z");
    expect(await reports()).toMatchObject([{ status: "failed" }]);
    // As after a restart: whoever takes it up is told as its process, not the one that ended.
    const before = JSON.stringify({ ...thisProcess, instance: "the one before" });
    await write((transaction) => transaction.updateTable("reports").set({ runner: before }).execute());
    await Promise.all([look(), look()]);
    expect(await reports()).toMatchObject([{ id: left!.id, status: "ready" }]);
    const { runner } = await write((transaction) =>
      transaction.selectFrom("reports").select("runner").executeTakeFirstOrThrow(),
    );
    expect(runner).toEqual(thisProcess);

    await write((transaction) =>
      transaction.deleteFrom("reports").where("organization_id", "=", organization.id).execute(),
    );
    at("2026-10-12T08:00:00Z");
    await makeDueReports({
      ...{ database: engine.database(), demo: false, now: () => now, invoke: cut },
      realNow: () => new Date(now.epochMilliseconds),
      log: createLog({ level: "silent" }),
      signal: new AbortController().signal,
    });
    now = now.add({ milliseconds: takeUpMs + silentMs });
    await look();
    expect(await reports()).toMatchObject([{ status: "failed" }]);
  });

  test("rest while paused, miss nothing that was wished for, and go on as whoever's that resumes them", async () => {
    const { id } = await call(member, "schedule_report", weekly);
    expect(await call(member, "change_report_schedule", { id, paused: true })).toMatchObject({
      status: "paused",
      nextDueAt: null,
    });
    at("2026-10-06T08:00:00Z");
    await look();
    expect(await reports()).toEqual([]);
    expect(await call(admin, "change_report_schedule", { id, paused: false })).toMatchObject({
      status: "active",
      nextDueAt: "2026-10-12T08:00:00.000Z",
      createdBy: { id: admin.userId },
    });
    await look();
    expect(await reports()).toEqual([]);
    await expect(call(member, "delete_report_schedule", { id })).rejects.toMatchObject({ code: "forbidden" });
    at("2026-10-12T08:00:00Z");
    await look();
    expect(await reports()).toMatchObject([{ generatedBy: { id: admin.userId } }]);
    expect(await call(admin, "delete_report_schedule", { id })).toEqual({ deleted: true });
    expect(await schedules()).toEqual([]);
    expect(await reports()).toMatchObject([{ schedule: { id } }]);
  });

  test.each([
    [
      "is gone",
      /^Ann is no longer one of you/,
      (transaction: Parameters<typeof removePerson>[0]) =>
        removePerson(
          transaction,
          {
            ...{ id: member.userId, organization_id: organization.id, name: "Ann", role: "member" },
            email: "ann@contoso.example",
          },
          { by: admin.userId, at: new Date() },
        ),
    ],
    [
      "may make no reports any more",
      /^Ann may no longer make reports: their role is viewer/,
      (transaction: Parameters<typeof removePerson>[0]) =>
        updateRole(transaction, member.userId, "viewer", new Date()),
    ],
  ] as const)("stop, and say why, when their owner %s", async (_, reason, change) => {
    const { id } = await call(member, "schedule_report", weekly);
    await write(change);
    at("2026-10-05T08:00:00Z");
    await look();
    expect(await reports()).toEqual([]);
    expect(await schedules()).toMatchObject([
      { id, status: "stopped", stoppedReason: expect.stringMatching(reason), nextDueAt: null },
    ]);
    await look();
    const kept = await tools
      .context(admin)
      .read((transaction) =>
        transaction
          .selectFrom("audit_log")
          .select(["action", "user_id", "details"])
          .where("action", "in", ["schedule_report", "stop_report_schedule", "make_scheduled_report"])
          .orderBy("sequence")
          .execute(),
      );
    expect(kept.map(({ action }) => action)).toEqual(["schedule_report", "stop_report_schedule"]);
    expect(kept[0]).toMatchObject({ user_id: member.userId, details: { input: { every: "week" } } });
    expect(kept[1]!.details).toMatchObject({ via: "system", input: { id } });
    expect(await call(admin, "change_report_schedule", { id, paused: false })).toMatchObject({
      status: "active",
      stoppedReason: null,
      createdBy: { id: admin.userId },
    });
  });

  test("stop when no more reports are kept", async () => {
    await call(member, "schedule_report", weekly);
    await write((transaction) =>
      transaction
        .insertInto("reports")
        .values(
          Array.from({ length: mostReports }, () => ({
            ...{
              id: crypto.randomUUID(),
              organization_id: organization.id,
              report_type: "compliance" as const,
            },
            ...{ title: "Old", format: "pdf" as const, status: "failed" as const, failure: "Old." },
            parameters: JSON.stringify({ period: { start: "2026-09-01", end: "2026-10-01" }, sections: [] }),
            ...{ generated_by: member.userId, requested_at: new Date(0), updated_at: new Date(0) },
          })),
        )
        .execute(),
    );
    at("2026-10-05T08:00:00Z");
    await look();
    expect(await schedules()).toMatchObject([
      { status: "stopped", stoppedReason: expect.stringContaining("Delete some") },
    ]);
  });

  test("are made by members, each their own, and seen by viewers of the organization alone", async () => {
    const { id } = await call(member, "schedule_report", weekly);
    const viewer = tools.actor(organization, "viewer");
    const other = tools.actor(organization, "member");
    const stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    await expect(call(viewer, "schedule_report", weekly)).rejects.toMatchObject({ code: "forbidden" });
    expect((await call(viewer, "list_report_schedules")).schedules).toMatchObject([{ id }]);
    expect((await call(stranger, "list_report_schedules")).schedules).toEqual([]);
    for (const [name, input] of [
      ["change_report_schedule", { id, paused: true }],
      ["delete_report_schedule", { id }],
      ["make_scheduled_report", { scheduleId: id }],
    ] as const) {
      await expect(call(other, name, input)).rejects.toMatchObject({ code: "forbidden" });
      await expect(call(stranger, name, input)).rejects.toMatchObject({ code: "not_found" });
    }
    // Its owner may ask before it is time; nothing comes of it.
    expect(await call(member, "make_scheduled_report", { scheduleId: id })).toEqual({ reportId: null });
  });

  test.each([
    [{ ...weekly, day: 8 }, "invalid_input", /no day 8/],
    [{ ...weekly, hour: 24 }, "invalid_input", /hour/],
    [{ reportType: "compliance" }, "invalid_input", /every/],
    [{ ...weekly, reportType: "custom" }, "invalid_input", /sections/],
    [{ ...weekly, subscription: "Produktion" }, "not_found", /Produktion/],
    [{ ...weekly, resourceGroup: "rg-nowhere" }, "not_found", /rg-nowhere/],
  ])("refuse %j in words", async (input, code, message) => {
    await expect(call(member, "schedule_report", input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  test(`are ${mostSchedules} at most`, async () => {
    for (let index = 0; index < mostSchedules; index++) await call(member, "schedule_report", weekly);
    await expect(call(member, "schedule_report", weekly)).rejects.toMatchObject({ code: "conflict" });
  });
});
