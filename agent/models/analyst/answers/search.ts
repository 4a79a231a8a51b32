import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { ResourceQuery } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { ageAndSizeSpans } from "../understand/find-age-and-size.ts";
import { countInput, writeCounts } from "./resource-counts.ts";
import { placeWords } from "./resource-filter-input.ts";
import { type SearchVariants, searchVariants } from "./search-variants.ts";
import { choices, eachMoney, formula, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** Which resources there are, and how many. */
export function answerSearch({ question, results }: Thinking): Thought {
  const query = question.resources ?? { noun: "resources", wantsCount: false };
  if (results.length === 0 && question.unread && isOfUnread(question))
    return { say: cannotTell(question.unread) };
  // "any encrypted disks?": that there are disks is no yes.
  const isYesNo = question.form?.yesNo && !question.unread;
  const variants = searchVariants(question);
  if (!variants) {
    return {
      say: `Resources can be searched by one value of each kind at a time; that question needs more.${next("List our resources")}`,
    };
  }
  if (results.length === 0) {
    const named = /\b(?:named|called|like|containing|with (?:the )?name)\s+["'`]?([\w.-]{2,})["'`]?/i.exec(
      question.text,
    )?.[1];
    const calls = variants.inputs.map((place) => ({
      ...place,
      ...(query.type ? { type: query.type } : {}),
      ...(query.status ? { status: query.status } : {}),
      ...(query.missingTag ? { missingTag: query.missingTag } : {}),
      ...(query.wantsCost ? { withTotalCost: true } : {}),
      ...(query.olderThanDays === undefined ? {} : { olderThanDays: query.olderThanDays }),
      ...(query.minimumGib === undefined ? {} : { largerThanGib: query.minimumGib }),
      ...(query.orderBy ? { orderBy: query.orderBy } : {}),
      ...countInput(query.countBy),
      ...(named ? { text: named } : unnamed(question)),
      ...(question.periods[0]
        ? { period: question.periods[0].period }
        : question.dearestOfType
          ? { period: { words: "last month" } }
          : {}),
      ...(question.top ? { limit: question.top } : {}),
    }));
    return { calls: calls.map((input) => ({ name: "search_resources", input })) };
  }
  if (variants.filter && results.length === variants.inputs.length)
    return { say: writeVariants(results, variants, query) };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as ResourceSearchOutput;
  const at = result.call;
  const input = result.input as { text?: string; tagValue?: string };
  const place = placeWords(question).map(word);
  const named = input.text && !place.includes(word(input.text)) ? ` named like ${word(input.text)}` : "";
  const lacks = lacking(query.missingTag);
  const where = `${named}${limits(query, question.text)}${lacks}${place.length > 0 ? ` in ${join(place)}` : ""}`;
  const many = `${query.status ? `${query.status.replace(", ", " or ")} ` : ""}${query.noun}`;
  const noun = output.totalCount === 1 ? many.replace(/sses$/, "ss").replace(/(?<!s)s$/, "") : many;
  if (output.totalCount === 0) {
    return {
      say: `${isYesNo ? "**No**: there" : "There"} are no ${noun}${where} in the inventory.${output.note ? ` ${/\d/.test(output.note) ? "" : word(output.note)}` : ""}${next("How many resources do we have", "List our virtual machines")}`,
    };
  }
  if (question.wantsTags) return { say: sayTags(output, input.text) };
  if (output.counts) return { say: writeCounts(output, question, at, `${noun}${where}`) };
  const lines = output.rows.slice(0, question.top ?? LINES).map((row, index) => {
    const own = measureOf(at, index, row, query.orderBy);
    const details = [row.region, row.resourceGroup, row.status].filter(Boolean).map(word).join(", ");
    const cost = eachMoney(at, `/rows/${index}/cost`, row.cost);
    return `- \`${row.name.replace(/[`{}]/g, "'")}\`${details ? ` (${details})` : ""}${own}${cost.length > 0 ? `: ${join(cost)}` : ""}\n`;
  });
  const hasCost = output.rows.some(({ cost }) => cost.length > 0);
  const period = hasCost ? ` *(with effective cost of ${periodInWords(output.period)})*` : "";
  const lead = query.orderBy === "age" ? "oldest" : query.orderBy === "size" ? "largest" : "dearest";
  const more = output.totalCount > lines.length ? `The ${lead} are shown first; the table has more.\n` : "";
  const [first] = output.rows;
  // "the oldest snapshot": which one it is comes before how many there are.
  const measure = first ? measureOf(at, 0, first, query.orderBy) : "";
  if (first && isSuperlative.test(question.text) && measure !== "" && !limits(query, question.text)) {
    const known = query.orderBy === "age" ? first.ageDays : first.diskSize;
    if (known !== null)
      return {
        say: `The ${lead} of ${ref(at, "/totalCount")} ${noun}${where} is **\`${first.name.replace(/[`{}]/g, "'")}\`**${measure}.${period}\n${lines.join("")}${next("What waste do we have")}`,
      };
  }
  if (question.dearestOfType && first && first.cost.length > 0) {
    const figures = join(eachMoney(at, "/rows/0/cost", first.cost).map((figure) => `**${figure}**`));
    return {
      say: `The most expensive of ${ref(at, "/totalCount")} ${noun}${where} is **\`${first.name.replace(/[`{}]/g, "'")}\`** with ${figures}. *(effective cost, ${periodInWords(output.period)})*\n${lines.join("")}${next("What waste do we have", "What did we spend by service")}`,
    };
  }
  return {
    say: `${isYesNo ? "**Yes**: " : ""}**${ref(at, "/totalCount")}** ${noun}${where}${togetherCost(output, at)}.${period}\n${lines.join("")}${more}${next(
      "What waste do we have",
      `Which of them cost the most`,
    )}`,
  };
}

const isSuperlative = /\b(?:oldest|biggest|largest)\b/i;

/** How old or how large it is, where that was asked for. */
function measureOf(
  at: number,
  index: number,
  { ageDays, diskSize }: ResourceSearchOutput["rows"][number],
  orderBy: "age" | "size" | undefined,
): string {
  if (orderBy === "age")
    return ageDays === null ? ", age unknown" : `, ${ref(at, `/rows/${index}/ageDays`)} old`;
  if (orderBy === "size") return diskSize ? `, ${ref(at, `/rows/${index}/diskSize`)}` : ", size unknown";
  return "";
}

/** " older than a number of days": only what was asked for, in the person's words. */
function limits({ olderThanDays, minimumGib }: ResourceQuery, text: string): string {
  if (olderThanDays === undefined && minimumGib === undefined) return "";
  const span = ageAndSizeSpans(text)[0];
  return span ? ` ${word(text.slice(span.start, span.end))}` : "";
}

/** The tags of the one that was named. */
function sayTags({ rows }: ResourceSearchOutput, name: string | undefined): string {
  const row = rows.find((one) => one.name.toLowerCase() === name?.toLowerCase()) ?? rows[0]!;
  const tags = Object.entries(row.tags).map(([key, value]) => `- ${word(key)}: ${word(value)}\n`);
  const head = tags.length > 0 ? "has these tags:" : "has no tags.";
  return `\`${row.name.replace(/[`{}]/g, "'")}\` ${head}\n${tags.join("")}${next(`What did ${word(row.name)} cost`)}`;
}

/** What was to be listed or counted is itself what nothing here tells: "how many vCPUs do we run". */
function isOfUnread({ text, resources, filters, groupBy, periods }: Thinking["question"]): boolean {
  const isNarrowed = filters.length > 0 || groupBy || resources?.countBy || resources?.missingTag;
  return (
    !resources?.type &&
    !resources?.status &&
    !isNarrowed &&
    periods.length === 0 &&
    !/\bresources?\b/i.test(text)
  );
}

function cannotTell(unread: readonly string[]): string {
  const quoted = unread.map((phrase) => `"${word(phrase.replaceAll('"', "'"))}"`);
  return `What is kept of resources does not tell ${join(quoted)}: it has their names, types, places, tags, states and costs.${choices("List our virtual machines", "How many resources do we have", "What waste do we have")}`;
}

/** " without a Team tag": what was asked to be missing. */
function lacking(tag: string | undefined): string {
  if (!tag) return "";
  return tag === "*" ? " without any tag" : ` without ${/^[aeiou]/i.test(tag) ? "an" : "a"} ${word(tag)} tag`;
}

/** ", together $4,310": what all that match cost, when it was asked for. */
function togetherCost({ totalCost, totalCount }: ResourceSearchOutput, at: number): string {
  if (!totalCost) return "";
  if (totalCost.length === 0) return ", with no cost in these days";
  const figures = join(eachMoney(at, "/totalCost", totalCost).map((figure) => `**${figure}**`));
  return totalCount === 1 ? `, which cost ${figures}` : `, which together cost ${figures}`;
}

/** Several values add up; a value left out is taken from the whole. */
function writeVariants(
  results: readonly CallResult[],
  { joins, filter }: SearchVariants,
  query: { noun: string; status?: string },
): string {
  const failed = results.find(({ output }) => !output);
  if (failed) return sayError(failed);
  const noun = word(`${query.status ? `${query.status} ` : ""}${query.noun}`);
  const counts = results.map(({ call }) => `${call}:/totalCount`);
  const steps = next("What waste do we have");
  if (joins === "left")
    return `**${formula("difference", counts)}** of {{${counts[0]}}} ${noun} are not in ${word(filter!.words)}.\n${steps}`;
  const each = counts.map((count, index) => `{{${count}}} in ${word(filter!.values[index])}`);
  return `**${formula("sum", counts)}** ${noun} in ${word(filter!.words)}: ${join(each)}.\n${steps}`;
}

/** "find webshop": a word that no cost name knows is looked for in the names of resources. */
function unnamed(question: Thinking["question"]): { text?: string } {
  const [unknown] = question.unknownNames;
  const looksFor = /\b(?:find|where|search|locate|look up|look for)\b/i.test(question.text);
  return unknown && looksFor && !question.filters.some(({ dimension }) => dimension === "resource")
    ? { text: unknown.words }
    : {};
}
