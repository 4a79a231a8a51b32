import { dayInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Thinking, Thought } from "../thought.ts";
import { quotable } from "./quotable.ts";
import { next, periodName, ref, sayError, word } from "./write.ts";

interface FreshnessOutput {
  scans: {
    connection: string;
    kind: string;
    status: string;
    startedAt: string;
    took: unknown;
    resourceCount: number | null;
    failureCount: number;
    failures: string[];
    notGranted: string[];
  }[];
  freshness: { dataFrom: string | null; dataUntil: string | null };
  ageDays: number | null;
  rowCount: number;
  isLoading: boolean;
  sources: {
    connection: string;
    label: string | null;
    dataFrom: string | null;
    dataUntil: string | null;
    files: string[];
    loadedAt: string | null;
  }[];
}

/** How fresh and how complete the data is, source by source. */
export function answerFreshness({ question, results }: Thinking): Thought {
  if (results.length === 0) return { calls: [{ name: "get_data_freshness", input: {} }] };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as FreshnessOutput;
  const at = result.call;
  const { dataFrom, dataUntil } = output.freshness;
  const scans = asksOfScans.test(question.text) ? sayScans(at, output) : "";
  const loading = output.isLoading ? "A load is running now; its rows appear when it is done.\n" : "";
  if (!dataFrom || !dataUntil) return { say: `${scans}There is no cost data yet. ${loading}` };
  const days = `${dayInWords(dataFrom)} to ${dayInWords(dataUntil)}`;
  const age = output.ageDays === null ? "" : `, which is ${ref(at, "/ageDays")} ago`;
  const lines = output.sources.slice(0, 5).map((source, index) => {
    const span =
      source.dataFrom && source.dataUntil
        ? `${dayInWords(source.dataFrom)} to ${dayInWords(source.dataUntil)}`
        : "no data yet";
    const provider = source.label && source.label !== source.connection ? ` (${word(source.label)})` : "";
    const loaded = source.loadedAt ? `, loaded on ${dayInWords(source.loadedAt.slice(0, 10))}` : "";
    const files = source.files.length === 1 ? `, from ${word(source.files[0])}` : "";
    return `- ${word(source.connection)}${provider}: ${span}, ${ref(at, `/sources/${index}/rowCount`)} rows${loaded}${files}\n`;
  });
  return {
    say: `${scans}${sayPeriod(question.periods[0]?.period, output.freshness)}The cost data covers **${days}**; the last day is ${dayInWords(dataUntil)}${age}. It holds ${ref(at, "/rowCount")} rows.\n${lines.join("")}${loading}${next("What did we spend by service", "Show daily cost")}`,
  };
}

const asksOfScans =
  /\bscan\w*|\bconnect\w*|\bpermissions?\b|\bfail\w*|\bwrong\b|\berrors?\b|\b(?:can(?:no|['’]?)t|could(?: no|n['’])t|unable to|not able to|not allowed to|denied)\b/i;

/** How the last scan of each cloud went, and what of it failed. */
function sayScans(at: number, { scans }: FreshnessOutput): string {
  if (scans.length === 0) return "No cloud was scanned yet.\n";
  return scans
    .map((scan, index) => {
      const base = `/scans/${index}`;
      const when = `${dayInWords(scan.startedAt.slice(0, 10))} at ${scan.startedAt.slice(11, 16)} UTC`;
      const took = scan.took ? `, took ${ref(at, `${base}/took`)}` : "";
      const known =
        scan.resourceCount === null ? "" : `, ${ref(at, `${base}/resourceCount`)} resources known`;
      const failed =
        scan.failureCount === 0
          ? "nothing failed"
          : `${ref(at, `${base}/failureCount`)} parts failed, the rest landed`;
      const lines = [
        ...scan.failures.map((failure) => `- ${quotable(failure) || "A part whose message holds figures"}\n`),
        ...scan.notGranted.map(
          (what) =>
            `- Never granted, so not known: ${quotable(what) || "a part whose message holds figures"}\n`,
        ),
      ];
      return `The last scan of **${word(scan.connection)}** is **${word(scan.status)}** (${word(scan.kind)}), ${when}${took}${known}; ${failed}.\n${lines.join("")}`;
    })
    .join("");
}

/** Whether every day that was asked about has been loaded. */
function sayPeriod(
  asked: { start: string; end: string } | undefined,
  { dataFrom, dataUntil }: FreshnessOutput["freshness"],
): string {
  if (!asked || !dataFrom || !dataUntil) return "";
  const last = Temporal.PlainDate.from(asked.end).subtract({ days: 1 }).toString();
  if (dataUntil < asked.start || dataFrom > last) return `Nothing of ${periodName(asked)} is loaded. `;
  const isWhole = dataFrom <= asked.start && dataUntil >= last;
  return isWhole
    ? `**Every day of ${periodName(asked)}** is within the data; whether it ties out, "reconcile" tells. `
    : `Only a part of ${periodName(asked)} is loaded. `;
}
