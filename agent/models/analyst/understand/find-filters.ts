import type { VocabularyEntry } from "../../../vocabulary.ts";
import type { Filter, Grouping, UnknownName } from "../question.ts";
import { commonWords } from "./common-words.ts";
import { findAliases } from "./find-aliases.ts";
import { findUnknown } from "./find-unknown-names.ts";
import { addEntries, type FoundFilters, isExcluded, isIncluded } from "./found-filters.ts";
import { isKind, kindBeside } from "./kind-beside.ts";
import { filterOf, type Names } from "./names.ts";
import { chargeAliases, environmentAliases, serviceAliases } from "./service-aliases.ts";
import type { TextMask } from "./text-mask.ts";

/** Matches the question's words with the organization's own names first, everyday names of services second. */
export function findFilters(mask: TextMask, names: Names, grouping?: Grouping): FoundFilters {
  const found: FoundFilters = {
    filters: [],
    unknownNames: [],
    ambiguousNames: [],
    wantsUntagged: false,
    leavesUntagged: false,
    wantsCharges: false,
    lacksCharges: [],
    readAs: [],
    alsoSpelled: [],
  };
  findTagPairs(mask, names, found);
  findUntagged(mask, names, found);
  findCharges(mask, names, found);
  findOwnNames(mask, names, found, grouping);
  findAliases(mask, names, found);
  findResourceNames(mask, names, found);
  for (const unknown of findUnknown(mask, names)) readPartly(unknown, names, found);
  found.filters = joinFilters(dropVaguer(found.filters));
  // Who names the resource itself ("backups storage account stbackups") needs no service of that name.
  if (found.filters.some(({ dimension, exclude }) => dimension === "resource" && !exclude))
    found.unknownNames = found.unknownNames.filter(({ knownAs }) => !knownAs);
  return found;
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
      `\\b(?:without|no|missing|lack(?:s|ing)?|(?:(?:do|does|did|have|has)(?:n.?t| not)|never) (?:have|carry|got|had)|(?:not|isn.?t|aren.?t|wasn.?t) tagged (?:with|by)|untagged(?: by| for)?)\\s+(?:an? |any |the )?(?:${words})(?:\\s+tags?)?(?![\\w-])|(?:${words})[- ]?(?:untagged|less)\\b|(?:(?:an?|the|their|whose|any)\\s+)?(?<![\\w-])(?:${words})(?:\\s+tags?)?\\s+(?:(?:is|are|was|that is|being|left)\\s+)*(?:missing|absent|lacking|empty|blank|not set|unset)\\b`,
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
  const left = mask.take(
    /\b(?:exclud(?:e|ing)|without|except|ignoring|leaving out|not counting|minus)\s+(?:the |all |any )?(?:untagged(?: (?:cost|spend|resources?))?|\(untagged\))/i,
  );
  if (left) {
    found.leavesUntagged = true;
    return;
  }
  if (
    mask.take(
      /\b(?:untagged|not tagged|(?:is|are) (?:properly |correctly )?tagged|without (?:any )?tags?|no tags?|missing tags?)\b/i,
    )
  )
    found.wantsUntagged = true;
}

function findOwnNames(mask: TextMask, names: Names, found: FoundFilters, grouping?: Grouping): void {
  const lower = mask.rest.toLowerCase();
  const spots = new Map<string, { start: number; end: number; entries: VocabularyEntry[] }>();
  for (const entry of names.entries) {
    for (const name of new Set([
      entry.label.toLowerCase(),
      entry.key.toLowerCase(),
      withoutTail(entry.label).toLowerCase(),
      spaced(entry.label),
    ])) {
      // A one-word name that is an everyday word ("all", "it", "other") counts only beside its kind.
      if (name.length < 2) continue;
      for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
        const end = at + name.length;
        if (/[\w-]/.test(lower[at - 1] ?? "") || /[\w-]/.test(lower[end] ?? "")) continue;
        const kind = kindBeside(mask.text, at, end, names);
        const isLeftOutOfGroups = isOfGrouping(entry, grouping) && isExcluded(mask, at);
        if (commonWords.has(name) && !isKind(entry, kind) && !isLeftOutOfGroups) continue;
        const id = `${at}-${end}`;
        const spot = spots.get(id) ?? { start: at, end, entries: [] };
        spot.entries.push(entry);
        spots.set(id, spot);
      }
    }
  }
  // "web apps" are a service, whatever team is named "web".
  const phrases = serviceAliases.flatMap(({ words }) =>
    [...mask.rest.matchAll(words)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  for (const [id, { start, end, entries }] of spots) {
    const isInside = phrases.some(
      (one) => one.start <= start && one.end >= end && one.end - one.start > end - start,
    );
    if (isInside && entries.every(({ dimension }) => dimension === "tag")) spots.delete(id);
  }
  const longestFirst = [...spots.values()].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const { start, end, entries } of longestFirst) {
    if (mask.rest.slice(start, end).toLowerCase() !== lower.slice(start, end)) continue;
    const words = mask.text.slice(start, end);
    const kind = kindBeside(mask.text, start, end, names);
    const fitting = entries.filter((entry) => isKind(entry, kind));
    // "the development subscription" is no tag: the alias looks for a subscription of that name.
    if (kind && fitting.length === 0 && environmentOf(words)) continue;
    // "prod" is short for every spelling of it; the alias finds them all.
    if (environmentOf(words) && environmentOf(words)?.name !== words.toLowerCase()) continue;
    noteSpellings(entries, words, names, found);
    const services = fitting.length === 0 ? servicesCalled(words, entries, names) : [];
    if (services.length > 0 && !isSpender(mask.text, start, end)) {
      const filter = { ...filterOf(services, words), exclude: isExcluded(mask, start) };
      found.filters.push(filter);
      const tag = `${entries[0]!.tagKey} tag ${entries[0]!.label}`;
      found.readAs.push({
        words,
        name: `${services.map(({ label }) => label).join(", ")}, not as the ${tag}`,
      });
      mask.cover(start, end);
      continue;
    }
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

/** A tag's value that is also what people call services ("ai"): the services of that everyday name. */
function servicesCalled(words: string, entries: readonly VocabularyEntry[], names: Names): VocabularyEntry[] {
  if (entries.some(({ dimension }) => dimension !== "tag")) return [];
  const alias = serviceAliases.find(({ words: pattern }) =>
    new RegExp(`^(?:${pattern.source})$`, "i").test(words),
  );
  return alias ? names.of("service").filter(({ label }) => alias.labels.test(label)) : [];
}

/** "did ai spend more": who spends is a team, no service. */
function isSpender(text: string, start: number, end: number): boolean {
  return (
    /\b(?:did|does|do|has|have|who|team)\s+(?:the )?$/i.test(text.slice(0, start)) &&
    /^\s+(?:team )?(?:spen[dt]|pay|paid|use|burn|consume)/i.test(text.slice(end))
  );
}

/** "data-platform" as people say it: "data platform". */
function spaced(label: string): string {
  return /^[a-z]+(?:[-_][a-z]+)+$/i.test(label) ? label.replace(/[-_]/g, " ").toLowerCase() : "";
}

/** "top teams excluding data": an everyday word is a name where it is left out of its own kind. */
function isOfGrouping(entry: VocabularyEntry, grouping: Grouping | undefined): boolean {
  return (
    grouping !== undefined &&
    entry.dimension === grouping.dimension &&
    (entry.dimension !== "tag" || entry.tagKey === grouping.tagKey)
  );
}

/** "Atlas Orion (1135…)" is told from its namesake by the tail; people say "Atlas Orion" and mean both. */
function withoutTail(label: string): string {
  return label.replace(/ \([^()]*\)$/, "");
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
      (alias.values.test(label) || isShortFor(label, own.label)) &&
      label.toLowerCase() !== own.label.toLowerCase(),
  );
  found.alsoSpelled.push(...others.map(({ label }) => label));
}

/** "Deve" of "Development": a value cut short by whoever typed it. */
function isShortFor(label: string, whole: string): boolean {
  return label.length >= 3 && whole.toLowerCase().startsWith(label.toLowerCase());
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
  const [spot] = spots;
  found.wantsCharges = new Set(spots.map(({ alias }) => alias.key)).size > 1;
  // Said as charges, they are no names of the organization's own; "credits and refunds" may say one kind twice.
  const exclude = spot !== undefined && isExcluded(mask, spot.match.index);
  for (const { match: said } of spots) mask.cover(said.index, said.index + said[0].length);
  if (!spot || found.wantsCharges) return;
  const { alias, match } = spot;
  const entries = names.of("charge_kind").filter(({ key }) => key === alias.key);
  // "the total including tax": every kind of charge is in a total anyway.
  if (isIncluded(mask, match.index)) {
    if (entries.length === 0) found.lacksCharges.push(alias.name);
    return;
  }
  if (entries.length > 0) found.filters.push({ ...filterOf(entries, match[0]), exclude });
  else if (!exclude)
    found.unknownNames.push({
      words: match[0],
      dimension: "charge",
      // What else is no usage: money back may have come as an adjustment.
      nearest: names
        .of("charge_kind")
        .filter(({ key }) => !["usage", "purchase"].includes(key))
        .map(({ label }) => label.toLowerCase()),
      knownAs: alias.name,
    });
}

/** A word that is part of one name only is read as that name, and the answer says so. */
function readPartly(unknown: UnknownName, names: Names, found: FoundFilters): void {
  // "the spark VMs": part of the names of resources, when the kind is said.
  const parts = unknown.dimension === "resource" ? names.resourcesWith(unknown.words) : [];
  if (parts.length > 0 && parts.length <= 50) {
    found.filters.push(filterOf(parts, unknown.words));
    return;
  }
  const entries = names.withWord(unknown.words);
  const dimensions = new Set(entries.map(({ dimension }) => dimension));
  if (dimensions.size !== 1 || entries.length > 3) {
    found.unknownNames.push(unknown);
    return;
  }
  found.filters.push(filterOf(entries, unknown.words));
  found.readAs.push({ words: unknown.words, name: entries.map(({ label }) => label).join(", ") });
}

/** "vm-042", "bandwidth-prod-002": looks like a resource's name; the tool says whether there is one. */
function findResourceNames(mask: TextMask, names: Names, found: FoundFilters): void {
  for (const match of mask.rest.matchAll(
    /(?<![\w/-])(?=[\w.-]*\d)(?=[\w.-]*[a-z])(?=[\w.]*[-_])[a-z][\w.-]{3,}\w|(?<![\w/-])[a-z]\w+-\w+(?:-\w+)+|(?<![\w/-])(?:vm|disk|pip|aks|app|plan|lb|st|sql|nic|vnet|rg|kv)-[\w-]{3,}|(?<!\w)\/subscriptions\/\S+/gi,
  )) {
    if (/^\d|^(?:q[1-4]|h[12])\b/i.test(match[0])) continue;
    // "month-to-date", "break-down": everyday words with hyphens name nothing.
    if (
      match[0]
        .toLowerCase()
        .split(/[-_.]/)
        .every((part) => commonWords.has(part) || part.length < 2)
    )
      continue;
    // "aks-workers": the beginning of names, where none is just that.
    const lower = match[0].toLowerCase();
    const known = names.of("resource").filter(({ label }) => label.toLowerCase().startsWith(lower));
    const isWhole =
      known.length === 0 || known.length > 20 || known.some(({ label }) => label.toLowerCase() === lower);
    if (!isWhole) found.readAs.push({ words: match[0], name: known.map(({ label }) => label).join(", ") });
    found.filters.push({
      dimension: "resource",
      values: isWhole ? [match[0]] : known.map(({ key }) => key),
      exclude: isExcluded(mask, match.index),
      words: match[0],
    });
    mask.cover(match.index, match.index + match[0].length);
  }
}

/** "except production (so without Contoso Production)": the fuller name says what the shorter one meant. */
function dropVaguer(filters: readonly Filter[]): Filter[] {
  return filters.filter(
    (filter) =>
      !filters.some(
        (other) =>
          other !== filter &&
          other.exclude === filter.exclude &&
          other.words.length > filter.words.length &&
          ` ${other.words.toLowerCase()} `.includes(` ${filter.words.toLowerCase()} `),
      ),
  );
}

function partOf({ words, values }: Filter): { words: string; values: string[] } {
  return { words, values: [...values] };
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
      same.parts = [...(same.parts ?? [partOf(same)]), partOf(filter)];
      same.values = [...new Set([...same.values, ...filter.values])];
      same.words = `${same.words}, ${filter.words}`;
    }
  }
  return joined;
}
