import type { CostExplanation, Driver } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { dayInWords, periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { Thinking, Thought } from "../thought.ts";
import { changeHeadline } from "./compare.ts";
import { comparedInput, costInput, groupInput } from "./cost-input.ts";
import { isTelling, join, next, readAsNote, ref, sayError, word } from "./write.ts";

/** Why cost changed: the drivers, biggest first, with when and where. */
export function answerExplain({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    const input = { ...costInput(question), ...comparedInput(question), ...groupInput(question) };
    return { calls: [{ name: "explain_cost_change", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as CostExplanation;
  const at = result.call;
  const [total] = output.changes;
  const asked = question.change;
  const wentUp = total && decimal(total.change.value).gt(0);
  const contradiction =
    total && asked && ((asked === "increases" && !wentUp) || (asked === "decreases" && wentUp))
      ? `It did not go ${asked === "increases" ? "up" : "down"}: `
      : "";
  const drivers = output.drivers.map((driver, index) => `- ${driverLine(driver, `/drivers/${index}`, at)}\n`);
  const rest = output.everythingElse.flatMap(({ change }, index) =>
    decimal(change.value).isZero()
      ? []
      : [`- everything else ${ref(at, `/everythingElse/${index}/change`, "signed")}\n`],
  );
  const spike = output.drivers.find(({ timing }) => timing.pattern === "spike" && timing.days[0]);
  const [first] = output.drivers;
  return {
    say: `${readAsNote(question)}${contradiction}${changeHeadline(output, question, at)}${drivers.join("")}${rest.join("")}${next(
      spike && `Show ${word(spike.label)} day by day`,
      !spike && first && `Show ${word(first.label)} day by day`,
      "Compare them by region",
    )}`,
  };
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
