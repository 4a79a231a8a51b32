import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Question } from "../question.ts";
import type { CallResult } from "../turn.ts";

/** A percentage that still tells something: from next to nothing a change is thousands of percent. */
export function isTelling(percent: string | null): percent is string {
  return percent !== null && Math.abs(Number(percent)) < 1000;
}

/** A name from the data as plain words: nothing in it can become markup or a reference. */
export function word(text: unknown): string {
  return String(text)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200)
    .replace(/[\\`*_{}[\]()<>&#!|~$]/g, "\\$&");
}

/** A reference to a field of a call. */
export function ref(
  call: number,
  pointer: string,
  format?: "short" | "exact" | "signed" | "unsigned",
): string {
  return `{{${call}:${pointer}${format ? `|${format}` : ""}}}`;
}

export function formula(
  name: "difference" | "ratio" | "sum" | "percent_change" | "count" | "mean",
  operands: readonly string[],
  format?: "short" | "signed",
): string {
  return `{{${name} ${operands.join(" ")}${format ? `|${format}` : ""}}}`;
}

interface Days {
  start: string;
  end: string;
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** "September 2026", "Q3 2026", "2026", else the days. */
export function periodName(period: Days): string {
  const start = Temporal.PlainDate.from(period.start);
  const ends = (span: Temporal.DurationLike) => start.add(span).toString() === period.end;
  if (start.day === 1) {
    if (ends({ months: 1 })) return `${months[start.month - 1]} ${start.year}`;
    if (ends({ months: 3 }) && start.month % 3 === 1) return `Q${(start.month + 2) / 3} ${start.year}`;
    if (ends({ years: 1 }) && start.month === 1) return String(start.year);
  }
  return periodInWords(period);
}

/** The period as a headline says it: beginning a sentence, it fits before "cost". A bare year needs its word. */
export function periodPhrase(period: Days): string {
  const name = periodName(period);
  return /^\d{4}$/.test(name) ? `The year ${name}` : name;
}

/** Why this period, when the person named none. */
function defaultNote(question: Question, period: Days, today: Temporal.PlainDate): string {
  if (question.periods.length > 0) return "";
  // Only a tool's own choice is explained; it takes a month.
  if (Temporal.PlainDate.from(period.start).add({ months: 1 }).toString() !== period.end) return "";
  const lastMonth = today.with({ day: 1 }).subtract({ months: 1 });
  return period.start === lastMonth.toString() && period.end === lastMonth.add({ months: 1 }).toString()
    ? ", the last full month"
    : ", the last month with data";
}

interface CostOutput {
  period: Days;
  costKind: string;
  coverage?: { note: string | null };
}

/** "(effective cost, 1-31 Oct 2026; data until 13 Oct)" said once, small. */
export function basis(output: CostOutput, question: Question, today: Temporal.PlainDate): string {
  const kind = output.costKind === "list" ? "list price" : `${output.costKind} cost`;
  const parts = [
    `${kind}, ${periodInWords(output.period)}${defaultNote(question, output.period, today)}`,
    ...(output.coverage?.note ? [output.coverage.note] : []),
  ];
  return `*(${parts.join("; ")})*`;
}

/** " for EC2 in production" from the question's filters. */
export function scope(question: Question): string {
  const kept = question.filters.filter(({ exclude }) => !exclude).map(({ words }) => word(words));
  const left = question.filters.filter(({ exclude }) => exclude).map(({ words }) => word(words));
  return `${kept.length > 0 ? ` for ${kept.join(", ")}` : ""}${left.length > 0 ? `, without ${left.join(", ")}` : ""}`;
}

/** How typing errors were read, so that a wrong guess is seen. */
function readAsNote(question: Question): string {
  const read = question.readAs.map(({ words, name }) => `"${word(words)}" was read as ${word(name)}`);
  // What another of the names asked for counts is counted.
  const counted = new Set(question.filters.flatMap(({ values }) => values));
  const spelled = [...new Set(question.alsoSpelled)].filter((name) => !counted.has(name));
  const also =
    spelled.length > 0
      ? [
          `${isLeftOut(question) ? "Still counted" : "Not counted"}, because spelled otherwise: ${join(spelled.map(word))}`,
        ]
      : [];
  const notes = [...read, ...also];
  return notes.length > 0 ? `${notes.join("; ")}.\n` : "";
}

function isLeftOut({ filters }: Question): boolean {
  const tags = filters.filter(({ dimension }) => dimension === "tag");
  return tags.length > 0 && tags.every(({ exclude }) => exclude);
}

/** The answer with its notes on how the words were read, after the finding. */
export function sayNotes(answer: string, question: Question, results: readonly CallResult[]): string {
  const notes = (question.notes ?? []).map((note) => `${word(note)}\n`).join("");
  const note = `${readAsNote(question)}${notHeldNote(question)}${currencyNote(question, results)}${notes}`;
  const unread = results.length > 0 ? unreadNote(question) : "";
  if (note === "") return `${unread}${answer}`;
  const end = answer.indexOf("\n");
  return `${unread}${end < 0 ? `${answer}\n${note}` : `${answer.slice(0, end + 1)}${note}${answer.slice(end + 1)}`}`;
}

/** Before the answer, which else would read as if those words were in it. */
function unreadNote({ unread, intent }: Question): string {
  if (!unread?.length || intent === "change") return "";
  const quoted = unread.map((phrase) => `"${word(phrase.replaceAll('"', "'"))}"`);
  return `${join(quoted)} could not be taken into account; without it:\n\n`;
}

/** A currency that the data does not have is said, never converted. */
function currencyNote({ currency, text: asked }: Question, results: readonly CallResult[]): string {
  const asksWhich = /\bcurrencies\b|\b(?:which|what|other|another|foreign) currency\b/i.test(asked);
  if (!currency && !asksWhich) return "";
  const text = JSON.stringify(results.map(({ output }) => output?.currency ?? output?.total ?? null));
  const held = [...new Set(text.match(/\b[A-Z]{3}\b/g) ?? [])];
  if (held.length === 0) return "";
  if (!currency)
    return held.length === 1
      ? `All of it is in ${held[0]}; there is no other currency in it.\n`
      : `It is in ${join(held)}; currencies are never added.\n`;
  if (held.includes(currency.code)) return "";
  return `Costs here are in ${join(held)}, not in ${currency.code}; nothing is converted.\n`;
}

function notHeldNote({ notHeld }: Question): string {
  return notHeld
    ? `Not answered here: "${word(notHeld)}". The cost data does not count that; divide the total by your own number.\n`
    : "";
}

/** The one next step that an answer offers: the first that there is. */
export function next(...suggestions: (string | false | undefined)[]): string {
  const [step] = suggestions.filter(Boolean);
  return step ? `\nNext: ${step}\n` : "";
}

/** Several ways on, where the person has to choose: three at most. */
export function choices(...suggestions: (string | false | undefined)[]): string {
  const offered = suggestions.filter(Boolean).slice(0, 3);
  return offered.length > 0 ? `\nNext: ${offered.join(" | ")}\n` : "";
}

/** "a", "a and b", "a, b and c". */
export function join(parts: readonly string[], last = "and"): string {
  if (parts.length <= 1) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

/** What a failed call means to the person: our own sentence, without its code. */
export function sayError(result: CallResult): string {
  const text = result.error ?? "";
  const [, code = "", sentence = text] = /^(?:\w*Error: )?([a-z_]+): (.*)$/s.exec(text) ?? [];
  const lastDay = /covers .*?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?=;)/.exec(sentence);
  if (code === "no_data" && lastDay) {
    const month = months.find((name) => name.startsWith(lastDay[2]!));
    return `${word(sentence)}\n${next(`What did we spend in ${month} ${lastDay[3]} by service`, "Is the data up to date")}`;
  }
  if (code === "not_found")
    return `${word(sentence)}\n${next("What did we spend by service", "List our resources")}`;
  return word(sentence);
}

/** JSON pointers of the figures per currency: one for each entry of a list of money. */
export function eachMoney(call: number, pointer: string, list: readonly unknown[]): string[] {
  return list.map((_, index) => ref(call, `${pointer}/${index}`));
}
