import type { CostDimension } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { AmbiguousName, Filter, UnknownName } from "../question.ts";
import { commonWords } from "./common-words.ts";
import { escapePattern, filterOf, type Names } from "./names.ts";
import { chargeAliases, environmentAliases, providerAliases, serviceAliases } from "./service-aliases.ts";
import type { TextMask } from "./text-mask.ts";

export interface FoundFilters {
  filters: Filter[];
  unknownNames: UnknownName[];
  ambiguousNames: AmbiguousName[];
  /** "untagged" without saying which tag. */
  wantsUntagged: boolean;
  /** "credits and taxes": the breakdown by charge category. */
  wantsCharges: boolean;
  readAs: { words: string; name: string }[];
  /** Values of the same meaning spelled otherwise, which are not counted. */
  alsoSpelled: string[];
}

/** Words beside a name that say what kind of name it is. */
const kindWords: readonly [CostDimension, RegExp][] = [
  ["resource_group", /^(?:resource ?groups?|rgs?|group)$/i],
  ["subscription", /^(?:subscriptions?|subs?|accounts?|sub ?accounts?)$/i],
  ["region", /^(?:regions?|locations?|data ?cent(?:er|re)s?)$/i],
  ["service", /^(?:services?|products?)$/i],
  ["provider", /^(?:providers?|clouds?|vendors?)$/i],
  ["resource", /^(?:resources?|vms?|machines?|servers?|disks?|instances?)$/i],
];
const excluding =
  /(?:exclud(?:e|ing)|without|except(?: for)?|not(?: counting| including)?|other than|minus|ignor(?:e|ing)|but not|leaving out)\s+(?:the\s+|our\s+|any\s+)?$/i;

/** Matches the question's words with the organization's own names first, everyday names of services second. */
export function findFilters(mask: TextMask, names: Names): FoundFilters {
  const found: FoundFilters = {
    filters: [],
    unknownNames: [],
    ambiguousNames: [],
    wantsUntagged: false,
    wantsCharges: false,
    readAs: [],
    alsoSpelled: [],
  };
  findTagPairs(mask, names, found);
  findUntagged(mask, names, found);
  findCharges(mask, names, found);
  findOwnNames(mask, names, found);
  findAliases(mask, names, found);
  findResourceNames(mask, found);
  for (const unknown of findUnknown(mask, names)) readPartly(unknown, names, found);
  found.filters = joinFilters(found.filters);
  return found;
}

function isExcluded(mask: TextMask, position: number): boolean {
  return excluding.test(mask.text.slice(0, position));
}

/** "env=prod", "tag Team: mobile" */
function findTagPairs(mask: TextMask, names: Names, found: FoundFilters): void {
  for (const match of mask.rest.matchAll(/([\w.-]+)\s*(?:=|:| is | equals )\s*["'`]?([\w./-]+)["'`]?/gi)) {
    const tagKey = names.tagKey(match[1]!);
    if (!tagKey) continue;
    const excluded = isExcluded(mask, match.index);
    mask.cover(match.index, match.index + match[0].length);
    found.filters.push({ dimension: "tag", tagKey, values: [match[2]!], exclude: excluded, words: match[0] });
  }
}

function findUntagged(mask: TextMask, names: Names, found: FoundFilters): void {
  for (const [tagKey, words] of names.tagKeyPattern()) {
    const pattern = new RegExp(
      `\\b(?:without|no|missing|lacking|not tagged with|untagged(?: by| for)?)\\s+(?:an? |any |the )?(?:${words})(?:\\s+tags?)?(?![\\w-])|(?:${words})[- ]?(?:untagged|less)\\b`,
      "i",
    );
    if (mask.take(pattern)) {
      found.filters.push({
        dimension: "tag",
        tagKey,
        values: ["(untagged)"],
        exclude: false,
        words: `no ${tagKey} tag`,
      });
      return;
    }
  }
  if (mask.take(/\b(?:untagged|not tagged|without (?:any )?tags?|no tags?|missing tags?)\b/i))
    found.wantsUntagged = true;
}

function findOwnNames(mask: TextMask, names: Names, found: FoundFilters): void {
  const lower = mask.rest.toLowerCase();
  const spots = new Map<string, { start: number; end: number; entries: VocabularyEntry[] }>();
  for (const entry of names.entries) {
    for (const name of new Set([entry.label.toLowerCase(), entry.key.toLowerCase()])) {
      // A one-word name that is an everyday word ("all", "it", "other") counts only beside its kind.
      if (name.length < 2) continue;
      for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
        const end = at + name.length;
        if (/[\w-]/.test(lower[at - 1] ?? "") || /[\w-]/.test(lower[end] ?? "")) continue;
        const kind = kindBeside(mask.text, at, end, names);
        if (commonWords.has(name) && !isKind(entry, kind)) continue;
        const id = `${at}-${end}`;
        const spot = spots.get(id) ?? { start: at, end, entries: [] };
        spot.entries.push(entry);
        spots.set(id, spot);
      }
    }
  }
  const longestFirst = [...spots.values()].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const { start, end, entries } of longestFirst) {
    if (mask.rest.slice(start, end).toLowerCase() !== lower.slice(start, end)) continue;
    const words = mask.text.slice(start, end);
    const kind = kindBeside(mask.text, start, end, names);
    const fitting = entries.filter((entry) => isKind(entry, kind));
    // "prod" is short for every spelling of it; the alias finds them all.
    if (environmentOf(words) && environmentOf(words)?.name !== words.toLowerCase()) continue;
    noteSpellings(entries, words, names, found);
    // The only cloud there is needs no filter.
    if (entries.every(({ dimension }) => dimension === "provider") && names.of("provider").length === 1) {
      mask.cover(start, end);
      continue;
    }
    addEntries(fitting.length > 0 ? fitting : entries, words, isExcluded(mask, start), found);
    mask.cover(start, end);
    if (fitting.length > 0 && kind) mask.cover(kind.start, kind.end);
  }
}

/** "production" is the tag's value Production; Prod is another, which is said and not counted. */
function noteSpellings(
  entries: readonly VocabularyEntry[],
  words: string,
  names: Names,
  found: FoundFilters,
): void {
  const alias = environmentOf(words);
  const own = entries.find(({ dimension }) => dimension === "tag");
  if (!alias || !own) return;
  const others = names.entries.filter(
    ({ dimension, tagKey, label }) =>
      dimension === "tag" &&
      tagKey === own.tagKey &&
      alias.values.test(label) &&
      label.toLowerCase() !== words.toLowerCase(),
  );
  found.alsoSpelled.push(...others.map(({ label }) => label));
}

function environmentOf(words: string) {
  return environmentAliases.find(({ words: pattern }) =>
    new RegExp(`^(?:${pattern.source})$`, "i").test(words),
  );
}

/** "tax", "credits": charges that are no usage. Several of them ask for the breakdown, not for a filter. */
function findCharges(mask: TextMask, names: Names, found: FoundFilters): void {
  const spots = chargeAliases.flatMap((alias) =>
    [...mask.rest.matchAll(alias.words)].map((match) => ({ alias, match })),
  );
  found.wantsCharges = spots.length > 1;
  if (spots.length !== 1) return;
  const [{ alias, match }] = spots as [(typeof spots)[number]];
  const entries = names.of("charge_category").filter(({ key }) => key === alias.key);
  const exclude = isExcluded(mask, match.index);
  mask.cover(match.index, match.index + match[0].length);
  if (entries.length > 0) found.filters.push({ ...filterOf(entries, match[0]), exclude });
  else if (!exclude)
    found.unknownNames.push({ words: match[0], dimension: "charge", nearest: [], knownAs: alias.name });
}

/** A word that is part of one name only is read as that name, and the answer says so. */
function readPartly(unknown: UnknownName, names: Names, found: FoundFilters): void {
  const entries = names.withWord(unknown.words);
  const dimensions = new Set(entries.map(({ dimension }) => dimension));
  if (dimensions.size !== 1 || entries.length > 3) {
    found.unknownNames.push(unknown);
    return;
  }
  found.filters.push(filterOf(entries, unknown.words));
  found.readAs.push({ words: unknown.words, name: entries.map(({ label }) => label).join(", ") });
}

function addEntries(
  entries: readonly VocabularyEntry[],
  words: string,
  exclude: boolean,
  found: FoundFilters,
): void {
  const byKind = new Map<string, VocabularyEntry[]>();
  for (const entry of entries) {
    const id = `${entry.dimension}/${entry.tagKey ?? ""}`;
    byKind.set(id, [...(byKind.get(id) ?? []), entry]);
  }
  const options = [...byKind.values()].map((group) => ({ ...filterOf(group, words), exclude }));
  // A cloud, a service or a region is meant before a tag that repeats its name.
  const clear = options.find(({ dimension }) => ["provider", "service", "region"].includes(dimension));
  if (options.length === 1 || clear) found.filters.push(clear ?? options[0]!);
  else found.ambiguousNames.push({ words, options });
}

interface Kind {
  dimension: CostDimension;
  tagKey?: string;
  start: number;
  end: number;
}

/** The word before or after a name that says its kind: "team mobile", "the prod subscription". */
function kindBeside(text: string, start: number, end: number, names: Names): Kind | undefined {
  const before = /([\w-]+(?: groups?)?)\s+(?:named |called |tag |is )?["'`]?$/i.exec(text.slice(0, start));
  const after = /^["'`]?\s+([\w-]+(?: groups?)?)/i.exec(text.slice(end));
  const read = (words: string | undefined, from: number): Kind | undefined => {
    if (!words) return undefined;
    for (const candidate of [words, words.split(" ")[0]!]) {
      const tagKey = names.tagKey(candidate);
      const span = { start: from, end: from + candidate.length };
      if (tagKey) return { dimension: "tag", tagKey, ...span };
      const dimension = kindWords.find(([, pattern]) => pattern.test(candidate))?.[0];
      if (dimension) return { dimension, ...span };
    }
    return undefined;
  };
  return (
    read(after?.[1], after ? end + after[0].length - after[1]!.length : 0) ??
    read(before?.[1], before ? start - before[0].length : 0)
  );
}

function isKind(entry: VocabularyEntry, kind: Kind | undefined): boolean {
  if (!kind || kind.dimension !== entry.dimension) return false;
  return kind.dimension !== "tag" || kind.tagKey?.toLowerCase() === entry.tagKey?.toLowerCase();
}

function findAliases(mask: TextMask, names: Names, found: FoundFilters): void {
  for (const { words, values, name } of environmentAliases) {
    for (const match of mask.rest.matchAll(words)) {
      const entries = names.entries.filter(
        ({ dimension, label, tagKey }) =>
          dimension === "tag" && /^(env|environment|stage)/i.test(tagKey ?? "") && values.test(label),
      );
      const others = names.entries.filter(
        ({ dimension, label }) =>
          (dimension === "subscription" || dimension === "resource_group") &&
          label
            .toLowerCase()
            .split(/[^a-z]+/)
            .some((word) => values.test(word)),
      );
      const exclude = isExcluded(mask, match.index);
      const kind = kindBeside(mask.text, match.index, match.index + match[0].length, names);
      const fitting = others.filter((entry) => isKind(entry, kind));
      const fittingTags = entries.filter((entry) => isKind(entry, kind));
      if (fittingTags.length > 0) addEntries(fittingTags, match[0], exclude, found);
      else if (fitting.length > 0) addEntries(fitting, match[0], exclude, found);
      else if (entries.length > 0) addEntries(entries, match[0], exclude, found);
      else if (others.length > 0) addEntries(others, match[0], exclude, found);
      else
        found.unknownNames.push({ words: match[0], dimension: "environment", nearest: names.nearest(name) });
      mask.cover(match.index, match.index + match[0].length);
      if (fitting.length + fittingTags.length > 0 && kind) mask.cover(kind.start, kind.end);
    }
  }
  // "AWS Lambda" is a service; "AWS" alone is the cloud.
  const spots = serviceAliases.flatMap((alias) =>
    [...mask.rest.matchAll(alias.words)].map((match) => ({
      alias,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  spots.sort((a, b) => b.end - b.start - (a.end - a.start));
  let previous: { filter: Filter; start: number; end: number } | undefined;
  for (const { alias, start, end } of spots) {
    const words = mask.text.slice(start, end);
    if (mask.rest.slice(start, end).trim() !== words.trim()) continue;
    const entries = names.of("service").filter(({ label }) => alias.labels.test(label));
    mask.cover(start, end);
    if (entries.length > 0) {
      const filter = { ...filterOf(entries, words), exclude: isExcluded(mask, start) };
      // "mysql database": words side by side narrow each other.
      const beside =
        previous &&
        /^\s*$/.test(mask.text.slice(Math.min(previous.end, end), Math.max(previous.start, start)));
      const both = beside ? previous!.filter.values.filter((value) => filter.values.includes(value)) : [];
      if (both.length > 0) previous!.filter.values = both;
      else found.filters.push(filter);
      previous = both.length > 0 ? previous : { filter, start, end };
    } else {
      found.unknownNames.push({
        words,
        dimension: "service",
        nearest: names.nearest(words, "service"),
        knownAs: alias.name,
      });
    }
  }
  for (const { words, key, name } of providerAliases) {
    for (const match of mask.rest.matchAll(words)) {
      const known = names.of("provider");
      const entries = known.filter((entry) => entry.key === key);
      const exclude = isExcluded(mask, match.index);
      mask.cover(match.index, match.index + match[0].length);
      if (entries.length > 0) {
        // The only cloud there is needs no filter.
        if (known.length > 1) found.filters.push({ ...filterOf(entries, match[0]), exclude });
      } else if (known.length > 0) {
        found.unknownNames.push({
          words: match[0],
          dimension: "provider",
          nearest: known.map(({ label }) => label),
          knownAs: name,
        });
      }
    }
  }
}

/** "vm-042", "bandwidth-prod-002": looks like a resource's name; the tool says whether there is one. */
function findResourceNames(mask: TextMask, found: FoundFilters): void {
  for (const match of mask.rest.matchAll(
    /(?<![\w/-])(?=[\w.-]*\d)(?=[\w.-]*[a-z])(?=[\w.]*[-_])[a-z][\w.-]{3,}\w|(?<!\w)\/subscriptions\/\S+/gi,
  )) {
    if (/^\d|^(?:q[1-4]|h[12])\b/i.test(match[0])) continue;
    found.filters.push({
      dimension: "resource",
      values: [match[0]],
      exclude: isExcluded(mask, match.index),
      words: match[0],
    });
    mask.cover(match.index, match.index + match[0].length);
  }
}

const namePositions: readonly RegExp[] = [
  // "on lambda", "for team marketing", "in project x"
  /\b(?:on|for|of|in|from|by|at|to|with|under|within|across|using|against)\s+(?:the |our |my |all |any )*(?:(team|tag|project|region|service|subscription|account|resource group|rg|department|app|owner|customer)\s+)?["'`“]?([A-Za-z][\w.&/-]*(?:\s+[A-Za-z][\w.&/-]*)?)/gi,
  // "how much did marketing spend", "does finance use"
  /\b(?:did|does|do|has|have|is|was|will)\s+(?:the |our |my |team )*(?:()([A-Za-z][\w.&/-]*(?:\s+[A-Za-z][\w.&/-]*)?))\s+(?:team\s+)?(?:spend|spent|cost|costing|use|used|pay|paid|consume|burn|spending)/gi,
  // "marketing spend", "the marketing team", "netflix costs"
  /(?:^|\s)()["'`“]?([A-Za-z][\w.&/-]*)["'`”]?\s+(?:costs?|spend|spending|bills?|usage|charges?|expenses?|team|department|subscription|account|region)\b/gi,
  /\b(team|tag|project|region|service|subscription|resource group|department|owner|customer)\s+["'`“]?([A-Za-z][\w.&/-]*)/gi,
];

/** Words that stand where a name stands and name nothing known. */
function findUnknown(mask: TextMask, names: Names): UnknownName[] {
  const unknown = new Map<string, UnknownName>();
  for (const pattern of namePositions) {
    for (const match of mask.rest.matchAll(pattern)) {
      const words = trimCommon(match[2]!);
      if (!words || unknown.has(words.toLowerCase())) continue;
      if ([...unknown.values()].some((known) => known.words.toLowerCase().includes(words.toLowerCase())))
        continue;
      const dimension = match[1] || undefined;
      unknown.set(words.toLowerCase(), { words, dimension, nearest: names.nearest(words) });
    }
  }
  return [...unknown.values()];
}

function trimCommon(words: string): string {
  const kept = words.split(/\s+/).filter((word) => !isCommon(word));
  return kept.join(" ");
}

function isCommon(word: string): boolean {
  const plain = word
    .toLowerCase()
    .replace(/[’']s?$/, "")
    .replace(/[^\w-]+$/, "");
  return commonWords.has(plain) || commonWords.has(plain.replace(/s$/, "")) || plain.length < 2;
}

/** Several values of one dimension are one filter: "EC2 and S3". */
function joinFilters(filters: readonly Filter[]): Filter[] {
  const joined: Filter[] = [];
  for (const filter of filters) {
    const same = joined.find(
      (other) =>
        other.dimension === filter.dimension &&
        other.tagKey === filter.tagKey &&
        other.exclude === filter.exclude,
    );
    if (!same) joined.push({ ...filter, values: [...filter.values] });
    else {
      same.values = [...new Set([...same.values, ...filter.values])];
      same.words = `${same.words}, ${filter.words}`;
    }
  }
  return joined;
}

/** Whether a filter and a pattern speak of the same words; used by follow-ups. */
export function mentions(text: string, words: string): boolean {
  return new RegExp(`(?<![\\w-])${escapePattern(words)}(?![\\w-])`, "i").test(text);
}
