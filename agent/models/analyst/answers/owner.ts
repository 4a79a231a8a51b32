import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import { dayInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceChangeList } from "@cloudoptima/tools/discovery/list-resource-changes.tool.ts";
import { actorInWords } from "@cloudoptima/tools/discovery/resource-change-views.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { Call, Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { findResources } from "../understand/find-resources.ts";
import { costInput } from "./cost-input.ts";
import { quotable } from "./quotable.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { basis, choices, eachMoney, join, next, periodPhrase, ref, sayError, word } from "./write.ts";

/** Tags that name a person, then those that name a group of them. */
const personTags = /^(?:(?:\w+[-_ ]?)?owner|contact|maintainer|steward|responsible|created[-_ ]?by)$/i;
const groupTags = /^(?:team|squad|department|dept|business[-_ ]?unit|bu|cost[-_ ]?cent(?:er|re))$/i;
const LINES = 4;
const MOST = 20;

/** Who owns what is named, by its tags; who else is known to have to do with it; and last what it costs. */
export function answerOwner(thinking: Thinking): Thought {
  const { question, results, names } = thinking;
  const keys = [personTags, groupTags].flatMap((pattern) => {
    const key = names.tagKeys.find((name) => pattern.test(name));
    return key ? [key] : [];
  });
  const place: Record<string, string> = { ...resourceFilterInput(question), ...onlyOne(question) };
  const { type, noun } = findResources(question.text);
  const filters = question.filters.filter(({ exclude }) => !exclude);
  if (filters.length === 0 && !type && !place.text) {
    return {
      say: `Of what? Name a resource, a resource group or a subscription.${choices(keys[0] && `What did we spend by ${word(keys[0])}`, "Resources without an owner tag")}`,
    };
  }
  // One thing has tags of its own; of several it is counted how many belong to whom.
  const search = place.text
    ? { ...place, limit: MOST }
    : { ...place, ...(type ? { type } : {}), limit: 1, ...counted(keys[0]) };
  if (results.length === 0) {
    const { text: resource, resourceGroup, subscription } = place;
    // What a word is a tag's value or a service is no place that changes are told of.
    const isPlaced = resource || resourceGroup || subscription;
    const changes = {
      ...(resource ? { resource } : {}),
      ...(resourceGroup ? { resourceGroup } : {}),
      ...(subscription ? { subscription } : {}),
    };
    const calls: Call[] = [
      { name: "search_resources", input: search },
      ...(filters.length > 0
        ? [{ name: "get_cost_breakdown", input: costInput({ ...question, filters }) }]
        : []),
      ...(isPlaced ? [{ name: "list_resource_changes", input: { ...changes, limit: 100 } }] : []),
      ...(keys[1] && !place.text
        ? [{ name: "search_resources", input: { ...search, ...counted(keys[1]) } }]
        : []),
    ];
    return { calls };
  }
  const [found] = results;
  if (!found?.output) return { say: sayError(found!) };
  const output = found.output as unknown as ResourceSearchOutput;
  const said = filters.length > 0 ? filters : question.unknownNames;
  const what = said.length > 0 ? said.map(({ words }) => word(words)).join(", ") : word(noun);
  if (output.totalCount === 0) {
    return {
      say: `Nothing named ${what} is in the inventory, so no tag tells who owns it.${next("List our resources")}`,
    };
  }
  const history = results.find(({ name }) => name === "list_resource_changes");
  const ones = place.text ? namedRows(output, question) : [];
  const [one, ...more] = ones;
  const lead =
    ones.length > 0
      ? ones.slice(0, LINES).map(sayOne).join("") +
        (more.length >= LINES ? "There are more of that name.\n" : "")
      : sayMany(found, results.slice(1), keys, word(noun), what);
  const isOne = one !== undefined && more.length === 0;
  return {
    say: `${lead}${isOne ? sayHistory(history) : sayLastChange(history)}${sayCost(results, thinking)}${next(isOne ? `What happened to ${word(one.name)}` : "Resources without an owner tag")}`,
  };
}

type Row = ResourceSearchOutput["rows"][number];

/** Those that are called just so, else all that have the word in their name. */
function namedRows({ rows }: ResourceSearchOutput, { filters, unknownNames }: Thinking["question"]): Row[] {
  const ids = new Set(filters.flatMap(({ values }) => values.map((value) => value.toLowerCase())));
  const said = new Set([...filters, ...unknownNames].map(({ words }) => words.toLowerCase()));
  const own = rows.filter(({ id, name }) => ids.has(id.toLowerCase()) || said.has(name.toLowerCase()));
  return own.length > 0 ? own : [...rows];
}

/** The id of the one thing that is named, or a word that only the inventory may know. */
function onlyOne({ filters, unknownNames }: Thinking["question"]): { text?: string } {
  const named = filters.find(({ dimension, exclude }) => dimension === "resource" && !exclude);
  const [id, ...more] = named?.values ?? [];
  if (id?.startsWith("/") && more.length === 0) return { text: id };
  const [unknown] = unknownNames;
  return unknown && filters.length === 0 ? { text: unknown.words } : {};
}

function counted(key: string | undefined): Record<string, unknown> {
  return key ? { countBy: "tag", countTagKey: key } : {};
}

/** One thing: whatever its own tags say of people. */
function sayOne(row: Row): string {
  const tags = Object.entries(row.tags).filter(([, value]) => value.trim() !== "");
  const people = tags.filter(([key]) => personTags.test(key));
  const groups = tags.filter(([key]) => groupTags.test(key));
  const [lead, ...others] = [...people, ...groups];
  const told = (all: typeof tags) => all.map(([key, value]) => `${word(key)}: ${quotable(value) || "…"}`);
  const place = [row.typeLabel, row.resourceGroup, row.subscriptionName]
    .filter(Boolean)
    .map((part) => quotable(part!) || "…");
  const of = `\`${row.name.replace(/[`{}]/g, "'")}\` (${place.join(", ")})`;
  if (!lead)
    return `**No owner is tagged** on ${of}: it has ${tags.length === 0 ? "no tags at all" : `only ${join(told(tags).slice(0, LINES))}`}.\n`;
  const rest = others.length > 0 ? `; ${join(told(others))}` : "";
  return `**${quotable(lead[1]) || "…"}** owns ${of}, by its tag ${word(lead[0])}${rest}.\n`;
}

/** Several things: how many belong to whom. */
function sayMany(
  found: CallResult,
  others: readonly CallResult[],
  keys: readonly string[],
  kind: string,
  what: string,
): string {
  const total = ref(found.call, "/totalCount");
  const tables = [found, ...others.filter(({ name, output: own }) => name === "search_resources" && own)];
  const told = tables.flatMap((table, index) => {
    const { counts } = table.output as unknown as ResourceSearchOutput;
    const key = keys[index];
    return key && counts?.some((row) => row.key !== null) ? [{ table, key, counts }] : [];
  });
  const [first] = told;
  if (!first)
    return `**No owner is tagged** in ${what}: ${keys.length > 0 ? `none of its ${total} ${kind} has ${article(keys)} tag` : `the tags of its ${total} ${kind} name nobody`}.\n`;
  const lines = told.flatMap(({ table, key, counts }) => {
    const named = counts!.flatMap((row, index) => (row.key === null ? [] : [{ row, index }]));
    const none = counts!.findIndex((row) => row.key === null);
    const shown = named
      .slice(0, LINES)
      .map(({ row, index }) => `${quotable(row.label) || "…"} ${ref(table.call, `/counts/${index}/count`)}`);
    const rest = named.length > LINES ? ", and others" : "";
    const lacking = none < 0 ? "" : `, (untagged) ${ref(table.call, `/counts/${none}/count`)}`;
    return [`- ${word(key)}: ${join(shown)}${rest}${lacking}\n`];
  });
  const own = first.counts!.filter(({ key }) => key !== null);
  const leader = quotable(own[0]!.label) || "…";
  const isWhole = own.length === 1 && first.counts!.length === 1;
  const share = first.counts!.findIndex(({ key }) => key === own[0]!.key);
  const head = isWhole
    ? `**${leader}** owns ${what}: all ${total} ${kind}, by the tag ${word(first.key)}.\n`
    : `**${leader}** owns the most of ${what}: ${ref(first.table.call, `/counts/${share}/count`)} of ${total} ${kind}, by the tag ${word(first.key)}.\n`;
  return `${head}${isWhole && told.length === 1 ? "" : lines.join("")}`;
}

/** Who made it and who touched it last, as far as the cloud tells. */
function sayHistory(result: CallResult | undefined): string {
  if (!result?.output) return "";
  const { rows, knownFrom, totalCount } = result.output as unknown as ResourceChangeList;
  const by = rows.flatMap((row) => (actorInWords(row) === "" ? [] : [row]));
  const tell = (row: ResourceChangeList["rows"][number]) =>
    `${quotable(actorInWords(row)) || "…"} on ${dayInWords(row.at.slice(0, 10))}`;
  const made = by.findLast(({ kind }) => kind === "created");
  const last = by.find((row) => row !== made);
  const parts = [
    ...(made ? [`created by ${tell(made)}`] : []),
    ...(last ? [`last changed by ${tell(last)}`] : []),
  ];
  if (parts.length > 0) return `From its history: ${join(parts)}.\n`;
  if (!knownFrom) return "";
  return totalCount === 0
    ? `Who made it is not known: no change was seen since ${dayInWords(knownFrom.slice(0, 10))}, the first scan.\n`
    : "Who made or changed it the cloud does not say.\n";
}

/** What was last done in a place, and by whom: the likeliest to know. */
function sayLastChange(result: CallResult | undefined): string {
  const rows = (result?.output as unknown as ResourceChangeList | undefined)?.rows ?? [];
  const last = rows.find((row) => actorInWords(row) !== "");
  if (!last) return "";
  return `The last change in it was to \`${last.name.replace(/[`{}]/g, "'")}\`, by ${quotable(actorInWords(last)) || "…"} on ${dayInWords(last.at.slice(0, 10))}.\n`;
}

function sayCost(results: readonly CallResult[], { question, today }: Thinking): string {
  const result = results.find(({ name }) => name === "get_cost_breakdown");
  if (!result?.output) return "";
  const output = result.output as unknown as CostBreakdown;
  const total = join(eachMoney(result.call, "/total", output.total));
  if (!total) return "";
  return `It cost ${total} in ${periodPhrase(output.period)}. ${basis(output, question, today)}\n`;
}

function article(keys: readonly string[]): string {
  const [first = "", ...more] = keys.map(word);
  return `${/^[aeiou]/i.test(first) ? "an" : "a"} ${[first, ...more].join(" or ")}`;
}
