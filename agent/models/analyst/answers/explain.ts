import type { CostExplanation, Driver } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { dayInWords, periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Thinking, Thought } from "../thought.ts";
import { changeHeadline } from "./compare.ts";
import { comparedInput, costInput, groupInput } from "./cost-input.ts";
import { fairPeriods, isHalfCovered } from "./fair-sides.ts";
import { formula, isTelling, join, next, ref, sayError, word } from "./write.ts";

/** Why cost changed: the drivers, biggest first, with when and where. */
export function answerExplain({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    const input = { ...costInput(question), ...comparedInput(question), ...groupInput(question) };
    return { calls: [{ name: "explain_cost_change", input }] };
  }
  const result = results.at(-1)!;
  if (!result.output) return { say: sayError(result) };
  const output = result.output as unknown as CostExplanation;
  const fair = results.length === 1 ? fairPeriods(output, question) : undefined;
  if (fair) return { calls: [{ name: "explain_cost_change", input: { ...result.input, ...fair } }] };
  const at = result.call;
  const [total] = output.changes;
  const asked = question.change;
  const wentUp = total && decimal(total.change.value).gt(0);
  const contradiction =
    total && asked && ((asked === "increases" && !wentUp) || (asked === "decreases" && wentUp))
      ? `It did not go ${asked === "increases" ? "up" : "down"}: `
      : "";
  const { shown, rest } = driverLines(output, at);
  const spike = output.drivers.find(({ timing }) => timing.pattern === "spike" && timing.days[0]);
  const [first] = output.drivers;
  return {
    say: `${contradiction}${changeHeadline(output, question, at)}${isHalfCovered(output) ? "" : `${shown}${rest}`}${next(
      spike && `Show ${word(spike.label)} day by day`,
      !spike && first && `Show ${word(first.label)} day by day`,
      "Compare them by region",
    )}`,
  };
}

// Four drivers and what is left of the change: five lines.
const LINES = 4;

function driverLines(output: CostExplanation, at: number): { shown: string; rest: string } {
  const isWhole =
    output.drivers.length <= LINES + 1 &&
    output.everythingElse.every(({ change }) => decimal(change.value).isZero());
  const most = isWhole ? LINES + 1 : LINES;
  const shown = output.drivers
    .slice(0, most)
    .map((driver, index) => `- ${driverLine(driver, `/drivers/${index}`, at)}\n`);
  const rest = output.everythingElse.flatMap(({ change }, index) => {
    const left = output.drivers.flatMap((driver, position) =>
      position >= most && driver.change.currency === change.currency
        ? [`${at}:/drivers/${position}/change`]
        : [],
    );
    const all = [
      ...left,
      ...(decimal(change.value).isZero() ? [] : [`${at}:/everythingElse/${index}/change`]),
    ];
    if (all.length === 0) return [];
    const sum = all.length === 1 ? `{{${all[0]}|signed}}` : formula("sum", all, "signed");
    return [`- everything else ${sum}\n`];
  });
  return { shown: shown.join(""), rest: rest.join("") };
}

function driverLine(driver: Driver, pointer: string, at: number): string {
  const [resource] = driver.resources;
  // A resource or region is named only when it carries most of the driver's change.
  const carries =
    resource && decimal(resource.change.value).abs().times(2).gte(decimal(driver.change.value).abs());
  const regionShare = driver.region?.changeShare;
  const where =
    driver.dimension !== "region" &&
    driver.region &&
    driver.region.key !== "" &&
    regionShare &&
    decimal(regionShare).gte("0.5")
      ? ` in ${word(driver.region.label)}`
      : "";
  const what =
    carries && resource.label !== driver.label
      ? ` (\`${resource.label.replace(/[`{}]/g, "'")}\` ${ref(at, `${pointer}/resources/0/change`, "signed")})`
      : "";
  const percent = !isTelling(driver.changePercent)
    ? ""
    : ` (${ref(at, `${pointer}/changePercent`, "signed")})`;
  return `${word(driver.label)} ${ref(at, `${pointer}/change`, "signed")}${percent}${timing(driver)}${where}${what}`;
}

/** "15-17 Sep 2026" for days in a row, else each. */
function daysInWords(days: readonly string[]): string {
  const sorted = [...days].sort();
  const [first] = sorted;
  if (!first) return "";
  const end = Temporal.PlainDate.from(first).add({ days: sorted.length }).toString();
  const isRow = sorted.every(
    (day, index) => Temporal.PlainDate.from(first).add({ days: index }).toString() === day,
  );
  return isRow ? periodInWords({ start: first, end }) : join(sorted.slice(0, 3).map(dayInWords));
}

function timing({ timing: { pattern, firstDay, days } }: Driver): string {
  const from = firstDay ? dayInWords(firstDay) : "";
  const when = daysInWords(days.map(({ day }) => day));
  switch (pattern) {
    case "spike":
      return when ? `, a spike on ${when}` : ", a spike";
    case "spike_before":
      return when ? `, because of a spike before, on ${when}` : ", because of a spike before";
    case "step":
      return from ? `, another level since ${from}` : "";
    case "new":
      return from ? `, new since ${from}` : ", new";
    case "gone":
      return from ? `, gone since ${from}` : ", gone";
    case "steady_growth":
      return ", steady growth";
    case "steady_decline":
      return ", steady decline";
    case "spread":
      return "";
  }
}
