import { dayInWords } from "@cloudoptima/tools/costs/coverage.ts";
import { metricRank } from "@cloudoptima/tools/discovery/metric-order.ts";
import type { MetricsOutput } from "@cloudoptima/tools/discovery/metric-shapes.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { quotable } from "./quotable.ts";
import { join, next, ref, sayError, word } from "./write.ts";

type Series = MetricsOutput["series"][number];

const kindWords: Record<Series["kind"], string> = {
  cpu: "CPU",
  memory: "memory",
  disk: "disk load",
  network: "network traffic",
  dtu: "DTU",
  sessions: "sessions",
  storage: "storage",
  transactions: "transactions",
  requests: "requests",
  other: "other metrics",
};

const timeOfDay =
  /\b(?:at|during|over|in|on|outside|by|after) (?:the )?(?:nights?|day ?time|(?:business|office|working|peak) hours|mornings?|afternoons?|evenings?|week ?ends?|week ?days|lunch)\b|\bovernight\b|\bafter hours\b/i;

// As many as can be compared at a glance.
const MOST_THINGS = 3;

/** What was measured of the named resources: average, P95 and peak of each metric, and where there are gaps. */
export function answerMetrics({ question, results }: Thinking): Thought {
  const { things: named = [], kind } = question.metrics ?? {};
  const things = named.slice(0, MOST_THINGS);
  if (things.length === 0) {
    return {
      say: `Of which resource? What was measured is told by a resource's name; they can't be ranked by it yet.\n${next("List our virtual machines")}`,
    };
  }
  if (results.length === 0) return { calls: things.map((thing) => call(question, thing, kind)) };
  // What else is measured of a thing tells whether the kind or the thing is not.
  const without = kind ? things.filter((_, index) => seriesOf(results[index])?.length === 0) : [];
  const again = results.slice(things.length);
  if (without.length > again.length)
    return { calls: without.map((thing) => call(question, thing, undefined)) };
  const said = things.map((thing, index) => {
    const result = results[index]!;
    if (!result.output) return `${sayError(result)}\n`;
    if (seriesOf(result)!.length > 0) return sayMeasured(result);
    return sayNothing(result, kind, seriesOf(again[without.indexOf(thing)]) ?? []);
  });
  const within = timeOfDay.exec(question.text)?.[0];
  const hours = within
    ? `Told of all hours: "${word(within)}" is not told apart; the chart shows when.\n`
    : "";
  const left = named.length > things.length ? "Ask for the others by their names.\n" : "";
  return { say: `${said.join("\n")}${hours}${left}${next(`What does ${quotable(things[0]!)} cost`)}` };
}

const outputOf = (result: CallResult) => result.output as unknown as MetricsOutput;
const seriesOf = (result: CallResult | undefined) => (result?.output ? outputOf(result).series : undefined);

function call({ periods }: Question, thing: string, kind: Series["kind"] | undefined) {
  const period = periods[0]?.period;
  return {
    name: "get_resource_metrics",
    input: {
      id: thing,
      ...(kind ? { metric: kind } : {}),
      ...(period ? { period: { start: period.start, end: period.end } } : {}),
    },
  };
}

function sayNothing(
  result: CallResult,
  kind: Series["kind"] | undefined,
  measured: readonly Series[],
): string {
  const output = outputOf(result);
  const others = [...new Set(measured.map((series) => kindWords[series.kind]))];
  const what = kind ? `No ${kindWords[kind]} was measured` : "Nothing was measured";
  const instead =
    others.length > 0
      ? ` Measured there: ${join(others)}.`
      : " Metrics come with a scan, where the connection may read them and Azure measures that kind of resource.";
  return `${what} of **${word(output.name)}** (${spanWords(output)}).${instead}\n`;
}

function sayMeasured(result: CallResult): string {
  const at = result.call;
  const output = outputOf(result);
  const indexed = output.series.map((series, index) => ({ series, pointer: `/series/${index}` }));
  const sorted = indexed.toSorted((a, b) => metricRank(a.series) - metricRank(b.series));
  // The average and the maximum of the hours of one metric are one line.
  const lines = [...Map.groupBy(sorted, ({ series }) => series.metric).values()].map((group) => {
    const mean = group.find(({ series }) => series.aggregation !== "maximum") ?? group[0]!;
    const peak = group.find(({ series }) => series.aggregation === "maximum") ?? mean;
    return sayMetric(at, mean, peak);
  });
  const fullest = indexed.reduce((most, one) =>
    one.series.measuredHours > most.series.measuredHours ? one : most,
  );
  const until = output.measuredUntil
    ? `, the last on ${dayInWords(output.measuredUntil.slice(0, 10))} at ${output.measuredUntil.slice(11, 16)} UTC`
    : "";
  const hours = `${ref(at, `${fullest.pointer}/measuredHours`)} measured of ${ref(at, "/spanHours")}${until}`;
  const drawn = output.interval === "day" ? "; drawn by day" : "";
  const note = `*(${spanWords(output)}, from its hours: ${hours}${drawn})*\n`;
  const [first = "", ...others] = lines;
  const headline = `**${word(output.name)}**, ${first}\n`;
  return `${headline}${note}${others.map((line) => `- ${line}\n`).join("")}`;
}

interface Placed {
  series: Series;
  pointer: string;
}

function sayMetric(at: number, { series, pointer }: Placed, peak: Placed): string {
  const when = (time: string) => `on ${dayInWords(time.slice(0, 10))} at ${time.slice(11, 16)} UTC`;
  const highest = `${ref(at, `${peak.pointer}/highest`)} ${when(peak.series.highest.at)}`;
  const average = ref(at, `${pointer}/average`);
  const label = word(series.label);
  // Of what is free the least matters.
  if (series.metric === "memory_available_bytes") {
    return `${label}: average ${average}, least ${ref(at, `${pointer}/lowest`)} ${when(series.lowest.at)}.`;
  }
  if (series.total) {
    return `${label}: ${ref(at, `${pointer}/total`)} in all, ${average} an hour on average, most ${highest}.`;
  }
  const of = series.aggregation === "maximum" ? ", highest of each hour" : "";
  return `${label}${of}: average ${average}, P95 ${ref(at, `${pointer}/p95`)}, peak ${highest}.`;
}

/** "7-13 Oct 2026" by the days that the span touches. */
function spanWords({ from, to }: MetricsOutput): string {
  const first = dayInWords(from.slice(0, 10));
  const last = dayInWords(Temporal.Instant.from(to).subtract({ seconds: 1 }).toString().slice(0, 10));
  return first === last ? first : `${first} - ${last}`;
}
