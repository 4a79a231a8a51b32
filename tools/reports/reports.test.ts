import { addReport, moveReport } from "@cloudoptima/db/queries/reports.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { costRow, loadRows } from "../costs/testing/load-rows.ts";
import type { Actor } from "../kernel/actor.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { type RunningProcess, thisProcess } from "../kernel/running-process.ts";
import { silentMs } from "../kernel/with-heartbeat.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import { makeReport } from "./make-report.ts";
import { atPointer, readReport } from "./read-report.ts";
import type { ReportAnswer } from "./report-content.ts";
import { mostReports, mostUnfinished } from "./report-limits.ts";
import { everything } from "./report-place.ts";
import { sectionNames } from "./report-types.ts";
import { ended, fillEstate, generate, reportNow, type WholeReport } from "./testing/report-world.ts";

const september = { start: "2026-09-01", end: "2026-10-01" };
const answersOf = ({ content }: WholeReport) => content!.sections.flatMap(({ answers }) => answers);
const answered = (report: WholeReport) =>
  answersOf(report).filter((answer) => answer.outcome === "answered") as Extract<
    ReportAnswer,
    { outcome: "answered" }
  >[];

describeEachEngine("reports", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let admin: Actor;
  let member: Actor;
  let viewer: Actor;
  let stranger: Actor;
  let realNow: Date;

  const call = async (actor: Actor, name: string, input: Record<string, unknown> = {}) =>
    // biome-ignore lint/suspicious/noExplicitAny: what a test looks at decides
    (await tools.invoke({ actor, name, input, source: "rest" })).output as any;

  beforeAll(async () => {
    realNow = new Date("2026-10-05T10:00:00Z");
    tools = createTestTools({ database: engine.database(), now: reportNow, realNow: () => realNow });
    organization = await tools.createOrganization("Contoso");
    admin = tools.actor(organization);
    member = tools.actor(organization, "member");
    viewer = tools.actor(organization, "viewer");
    stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    await fillEstate(tools, organization);
  });

  test("tell what the chat's tools answer, figure by figure, in every section", async () => {
    const report = await generate(tools, member, { reportType: "detailed_technical" });
    expect(report).toMatchObject({ status: "ready", percent: 100, failure: null, period: september });
    expect(report.content!.sections.map(({ section }) => section)).toEqual([...sectionNames]);
    const answers = answered(report);
    expect(answersOf(report)).toEqual(answers);
    for (const { tool, input, output, figures } of answers) {
      expect({ tool, output: await call(viewer, tool, input) }).toEqual({ tool, output });
      for (const { value, pointer } of figures) {
        const at = atPointer(output, pointer);
        expect({ pointer, at }).not.toEqual({ pointer, at: undefined });
        expect(value).toBe(at === null ? null : String(at));
      }
    }
    const figure = (label: string, unit: string) =>
      answers.flatMap(({ figures }) => figures).find((one) => one.label === label && one.unit === unit)
        ?.value;
    expect(figure("Cost", "USD")).toBe("87.34567890123");
    expect(figure("Cost", "EUR")).toBe("7.1");
    expect(figure("Change", "USD")).toBe("46.34567890122");
    expect(figure("Savings a month", "USD")).toBe("40.25");
    expect(figure("Open policy violations", "count")).toBe("1");
    expect(figure("Well-Architected score", "percent")).toMatch(/^\d/);
    expect(report.content!.currencies).toEqual(["EUR", "USD"]);
    expect(report.content!.data).toEqual({
      costs: { dataFrom: "2026-08-03", dataUntil: "2026-09-30", loadedAt: expect.any(String) },
      inventory: { at: new Date(reportNow).toISOString() },
      analysis: { at: new Date(reportNow).toISOString() },
      assessment: { at: new Date(reportNow).toISOString() },
    });
  });

  test("stay as they were read, whatever is loaded after", async () => {
    const other = await tools.createOrganization("Northwind");
    const actor = tools.actor(other);
    await loadRows(tools, other, [
      costRow({ day: "2026-09-01", cost: "1" }),
      costRow({ day: "2026-09-30", cost: "2" }),
    ]);
    const before = await generate(tools, actor, { reportType: "cost_analysis" });
    await loadRows(tools, other, [
      costRow({ day: "2026-09-30", cost: "100", billingAccountId: "account-9" }),
    ]);
    expect((await call(actor, "get_report", { id: before.id })).content).toEqual(before.content);
    const after = await generate(tools, actor, { reportType: "cost_analysis" });
    expect([before, after].map((one) => answered(one)[0]!.figures[0]!.value)).toEqual(["3", "103"]);
    const change = tools
      .context(actor)
      .write((transaction) =>
        transaction.updateTable("reports").set({ title: "Other" }).where("id", "=", before.id).execute(),
      );
    await expect(change).rejects.toThrow(/never changes/);
  });

  test("say what there is no data for, and never tell it as zero", async () => {
    const empty = tools.actor(await tools.createOrganization("Empty"));
    const report = await generate(tools, empty, { reportType: "detailed_technical" });
    expect(report).toMatchObject({ status: "ready", period: september });
    expect(answersOf(report).length).toBeGreaterThan(12);
    for (const answer of answersOf(report)) {
      expect(answer).toMatchObject({
        outcome: "missing",
        reason: expect.stringMatching(/\w/),
        hint: expect.any(String),
      });
    }
    expect(report.content).toMatchObject({
      currencies: [],
      data: { costs: null, inventory: null, analysis: null, assessment: null },
    });
    expect(JSON.stringify(report.content)).not.toContain('"figures"');
  });

  test("say of one part alone that it is missing: no policy, nothing before the period", async () => {
    const young = await tools.createOrganization("Young");
    await loadRows(tools, young, [
      costRow({ day: "2026-09-01", cost: "1" }),
      costRow({ day: "2026-09-30", cost: "2" }),
    ]);
    const report = await generate(tools, tools.actor(young), {});
    const told = Object.fromEntries(
      report.content!.sections.map(({ section, answers }) => [
        section,
        answers.map((answer) => answer.outcome),
      ]),
    );
    expect(told).toMatchObject({ costs: ["answered"], cost_changes: ["missing"], savings: ["missing"] });
  });

  test("take a period in words or days, and a choice of sections in the order of print", async () => {
    const input = {
      reportType: "custom",
      sections: ["violations", "costs"],
      period: { words: "August 2026" },
    };
    const { content, title } = await generate(tools, member, { ...input, title: " Costs & rules " });
    expect(title).toBe("Costs & rules");
    expect(content!.sections.map(({ section }) => section)).toEqual(["costs", "violations"]);
    expect(content!.period).toEqual({ start: "2026-08-01", end: "2026-09-01" });
    const days = { start: "2026-09-10", end: "2026-09-12" };
    expect(await call(member, "generate_report", { period: days })).toMatchObject({
      period: days,
      title: "Executive summary, 10-11 Sep 2026",
    });
  });

  test.each([
    [{ reportType: "custom" }, /needs its sections/],
    [{ reportType: "compliance", sections: ["costs"] }, /Only a custom report/],
    [{ reportType: "weekly" }, /reportType/],
    [{ format: "docx" }, /format/],
    [{ title: "x".repeat(201) }, /title/],
    [{ title: " " }, /title/],
    [{ period: { words: "the day the music died" } }, /./],
    [{ period: { start: "2026-09-10", end: "2026-09-01" } }, /./],
    [{ sections: [] }, /sections/],
  ])("refuse %j in words", async (input, message) => {
    const asked = call(member, "generate_report", input);
    await expect(asked).rejects.toMatchObject({
      code: expect.stringMatching(/invalid_input|unsupported/),
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  test("are read by a viewer, made by a member, deleted by their maker or an admin, and no auditor's", async () => {
    const { id } = await generate(tools, member, { reportType: "compliance" });
    const listed = (await call(viewer, "list_reports")).reports.find((one: { id: string }) => one.id === id);
    expect(listed).toMatchObject({ status: "ready", generatedBy: { id: member.userId } });
    expect(await call(viewer, "get_report", { id })).toMatchObject({ id });
    const forbidden = { code: "forbidden" };
    await expect(call(viewer, "generate_report")).rejects.toMatchObject(forbidden);
    await expect(call(viewer, "delete_report", { id })).rejects.toMatchObject(forbidden);
    await expect(call(tools.actor(organization, "member"), "delete_report", { id })).rejects.toMatchObject({
      ...forbidden,
      hint: expect.stringContaining("admin"),
    });
    for (const name of ["list_reports", "get_report"]) {
      const asked = call(tools.actor(organization, "auditor"), name, name === "get_report" ? { id } : {});
      await expect(asked).rejects.toMatchObject(forbidden);
    }
    expect(await call(member, "delete_report", { id })).toEqual({ deleted: true });
    await expect(call(member, "delete_report", { id })).rejects.toMatchObject({ code: "not_found" });
    const another = await generate(tools, member, { reportType: "compliance" });
    expect(await call(admin, "delete_report", { id: another.id })).toEqual({ deleted: true });
  });

  test("are no other organization's, in lists, by id, to delete", async () => {
    const { id } = await generate(tools, member, { reportType: "compliance" });
    expect(await call(stranger, "list_reports")).toMatchObject({ totalCount: 0, reports: [] });
    for (const name of ["get_report", "delete_report"]) {
      await expect(call(stranger, name, { id })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await call(viewer, "get_report", { id })).toMatchObject({ status: "ready" });
  });

  test("leave their making and deleting in the audit log", async () => {
    const actor = tools.actor(await tools.createOrganization("Audited"));
    const { id } = await generate(tools, actor, { reportType: "compliance" });
    await call(actor, "delete_report", { id });
    const kept = await tools
      .context(actor)
      .read((transaction) =>
        transaction
          .selectFrom("audit_log")
          .select(["action", "outcome", "details"])
          .orderBy("sequence")
          .execute(),
      );
    expect(kept.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["generate_report", "done"],
      ["delete_report", "done"],
    ]);
    expect(kept[1]!.details).toMatchObject({ input: { id } });
  });

  const left = async (actor: Actor, id: string, runner?: RunningProcess) => {
    const own = runner ? { runner } : {};
    const request = { id, organizationId: actor.organizationId, by: actor.userId, at: realNow, ...own };
    const plain = {
      type: "compliance",
      title: "Left",
      format: "pdf",
      period: september,
      sections: ["compliance"],
      place: everything,
    } as const;
    await tools.context(actor).write(async (transaction) => {
      await addReport(transaction, { ...request, ...plain });
      await moveReport(transaction, id, { done: 1, total: 2, at: realNow });
    });
  };

  test("left by a process that was killed have failed, with what to do", async () => {
    const actor = tools.actor(await tools.createOrganization("Killed"));
    const id = crypto.randomUUID();
    await left(actor, id);
    expect(await call(actor, "get_report", { id })).toMatchObject({
      status: "running",
      percent: 50,
      failure: null,
    });
    const began = realNow;
    try {
      realNow = new Date(began.getTime() + silentMs + 1);
      const failed = {
        status: "failed",
        failure: expect.stringContaining("Generate it again"),
        content: null,
      };
      expect(await call(actor, "get_report", { id })).toMatchObject(failed);
      expect((await call(actor, "list_reports")).reports).toMatchObject([{ id, status: "failed" }]);
      expect(await call(actor, "delete_report", { id })).toEqual({ deleted: true });
    } finally {
      realNow = began;
    }
  });

  test("of a process of this machine that is known to have ended have failed at once, and count no longer", async () => {
    const actor = tools.actor(await tools.createOrganization("Restarted"));
    // As in a container: the new process has the number of the old one.
    const runner = { ...thisProcess, instance: "the one before" };
    const ids = Array.from({ length: mostUnfinished }, () => crypto.randomUUID());
    for (const id of ids) await left(actor, id, runner);
    expect((await call(actor, "list_reports")).reports).toMatchObject(ids.map(() => ({ status: "failed" })));
    const { reportId } = await call(actor, "generate_report", { reportType: "compliance" });
    await ended(tools, actor, reportId);
    const alive = crypto.randomUUID();
    await left(actor, alive, thisProcess);
    expect(await call(actor, "get_report", { id: alive })).toMatchObject({ status: "running" });
  });

  test(`are made ${mostUnfinished} at a time, and ${mostReports} are kept; what was left counts no longer`, async () => {
    const actor = tools.actor(await tools.createOrganization("Busy"));
    const began = realNow;
    try {
      for (let index = 0; index < mostUnfinished; index++) await left(actor, crypto.randomUUID());
      await expect(call(actor, "generate_report")).rejects.toMatchObject({
        code: "rate_limited",
        details: { retryAfterSeconds: 10 },
      });
      realNow = new Date(began.getTime() + silentMs + 1);
      await ended(
        tools,
        actor,
        (await call(actor, "generate_report", { reportType: "compliance" })).reportId,
      );
      for (let index = mostUnfinished + 1; index < mostReports; index++)
        await left(actor, crypto.randomUUID());
      await expect(call(actor, "generate_report")).rejects.toMatchObject({
        code: "conflict",
        hint: expect.stringContaining("Delete"),
      });
    } finally {
      realNow = began;
    }
  });

  const asked = (actor: Actor) => {
    const id = crypto.randomUUID();
    const plain = { type: "cost_analysis", title: "Asked", period: september } as const;
    return {
      request: {
        ...plain,
        id,
        sections: ["costs", "cost_trend"] as const,
        place: everything,
        schedule: null,
      },
      ctx: tools.context(actor),
    };
  };

  test("are read anew when a load is published meanwhile, so that no two sections disagree", async () => {
    const loading = await tools.createOrganization("Loading");
    const { request, ctx } = asked(tools.actor(loading));
    const load = (cost: string) =>
      loadRows(tools, loading, [costRow({ day: "2026-09-30", cost, billingAccountId: `account ${cost}` })]);
    await load("1");
    let loads = 0;
    const content = await readReport(ctx, request, async (done) => {
      if (done === 1 && loads++ === 0) await load("10");
    });
    const totals = content.sections.map(
      ({ answers: [answer] }) => answer?.outcome === "answered" && answer.output,
    );
    expect(totals).toMatchObject([{ total: [{ value: "11" }] }, { total: [{ value: "11" }] }]);
    const never = readReport(ctx, request, async (done) => {
      if (done === 1) await load(String(++loads * 100));
    });
    await expect(never).rejects.toMatchObject({ code: "conflict", hint: expect.stringContaining("again") });
  });

  test("that are deleted while they are made stay deleted", async () => {
    const actor = tools.actor(await tools.createOrganization("Hasty"));
    const { reportId: id } = await call(actor, "generate_report", { reportType: "detailed_technical" });
    expect(await call(actor, "delete_report", { id })).toEqual({ deleted: true });
    const { request, ctx } = asked(actor);
    await makeReport(ctx, { ...request, id });
    expect(await call(actor, "list_reports")).toMatchObject({ totalCount: 0 });
  });

  test("that fail say why: stopped with the product, or for a reason of their own", async () => {
    const actor = tools.actor(await tools.createOrganization("Stopped"));
    const made = async (change: Partial<WriteContext>) => {
      const { request, ctx } = asked(actor);
      const { schedule: _, ...plain } = request;
      const row = { ...plain, format: "pdf", at: realNow } as const;
      await ctx.write((transaction) =>
        addReport(transaction, { ...row, organizationId: actor.organizationId, by: actor.userId }),
      );
      await makeReport({ ...ctx, ...change }, request).catch(() => {});
      return call(actor, "get_report", { id: request.id });
    };
    const failed = { status: "failed", content: null, generatedAt: null };
    expect(await made({ signal: AbortSignal.abort() })).toMatchObject({
      ...failed,
      failure: expect.stringContaining("the product was stopped"),
    });
    const refuse = (error: Error) => ({ read: () => Promise.reject(error) });
    expect(await made(refuse(new AppError("unavailable", "No.", { hint: "Later." })))).toMatchObject({
      ...failed,
      failure: "No. Later.",
    });
    const unforeseen = await made(refuse(new Error("secret of ours")));
    expect(unforeseen).toMatchObject({ ...failed, failure: expect.stringContaining("unexpected") });
    expect(JSON.stringify(unforeseen)).not.toContain("secret");
  });
});
