import { createDatabase } from "@cloudoptima/db/client.ts";
import { runAssessment } from "@cloudoptima/tools/assessment/run-assessment.ts";
import { runAnalysis } from "@cloudoptima/tools/recommendations/run-analysis.ts";
import { createTestTools, type TestOrganization } from "@cloudoptima/tools/testing/test-tools.ts";
import { recordStatementTimes } from "./statement-times.ts";

/** The only argument, as JSON. */
export interface AnalyzeTask {
  databaseUrl: string;
  now: string;
  organization: TestOrganization;
  subscriptionIds: string[];
}

/** What judging a whole estate showed. */
export interface AnalyzeRun {
  seconds: number;
  /** How much of them was the Well-Architected assessment. */
  assessmentSeconds: number;
  /** Of this process alone; the rest is the database's or waiting. */
  processorSeconds: number;
  openCount: number;
  /** Resident memory of this process, before and at its highest. */
  beforeMb: number;
  peakMb: number;
  /** The statements that took longest in all, from sending to the last row. */
  statements: { text: string; count: number; seconds: number }[];
}

const statementTimes = recordStatementTimes();
const task = JSON.parse(process.argv[2] ?? "") as AnalyzeTask;
const database = createDatabase({
  engine: "server",
  connectionString: task.databaseUrl,
  max: 10,
  onError: (error) => process.stderr.write(`${error.message}\n`),
});
const tools = createTestTools({ database, now: task.now });
const ctx = tools.context(tools.actor(task.organization));
await database.pool.query("select 1");
statementTimes.take();
const beforeMb = process.memoryUsage.rss() / 2 ** 20;
const processor = process.cpuUsage();
const started = performance.now();
const subscriptionIds = new Set(task.subscriptionIds);
// As a scan does it once it has read (scan-and-judge.ts).
const { openCount } = await runAnalysis(ctx, {
  id: ctx.newId(),
  cause: "scan",
  subscriptionIds,
  measured: () => true,
});
const analyzed = performance.now();
await runAssessment(ctx);
const ended = performance.now();
const { user, system } = process.cpuUsage(processor);
process.stdout.write(
  JSON.stringify({
    seconds: (ended - started) / 1000,
    assessmentSeconds: (ended - analyzed) / 1000,
    processorSeconds: (user + system) / 1e6,
    openCount,
    beforeMb,
    peakMb: process.resourceUsage().maxRSS / 1024,
    statements: longest(),
  } satisfies AnalyzeRun),
);
await database.close();

function longest(): AnalyzeRun["statements"] {
  const byText = Map.groupBy(statementTimes.take(), ({ text }) => text.replaceAll(/\s+/g, " ").slice(0, 100));
  return [...byText]
    .map(([text, times]) => ({
      text,
      count: times.length,
      seconds: times.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / 1000,
    }))
    .sort((left, right) => right.seconds - left.seconds)
    .slice(0, 6);
}
