import type { Filter } from "../question.ts";
import { addEntries, type FoundFilters, isExcluded } from "./found-filters.ts";
import { isKind, kindBeside } from "./kind-beside.ts";
import { filterOf, type Names } from "./names.ts";
import { environmentAliases, providerAliases, serviceAliases } from "./service-aliases.ts";
import type { TextMask } from "./text-mask.ts";

/** Everyday names of environments, services and clouds, as far as the data has them. */
export function findAliases(mask: TextMask, names: Names, found: FoundFilters): void {
  findEnvironments(mask, names, found);
  findServices(mask, names, found);
  findProviders(mask, names, found);
  findContinents(mask, names, found);
}

const continents: readonly { words: RegExp; labels: RegExp }[] = [
  {
    words:
      /(?<=\b(?:in|from|across|outside|within|of)(?: the)? )(?:us|usa|u\.s\.|united states|america)(?![\w-])(?! (?:east|west|central))/gi,
    labels: /\b(?:us|usgov|united states)\b|^us-/i,
  },
  {
    words: /(?<=\b(?:in|from|across|outside|within|of)(?: the)? )(?:europe|eu|emea)(?![\w-])/gi,
    labels: /\b(?:europe|eu|germany|sweden|france|uk|norway|switzerland|italy|spain|poland)\b|^eu-/i,
  },
  {
    words: /(?<=\b(?:in|from|across|outside|within|of)(?: the)? )(?:asia|apac)(?![\w-])/gi,
    labels: /\b(?:asia|india|japan|korea)\b|^ap-/i,
  },
];

/** "in the US", "in Europe": all regions there, and which they are is said. */
function findContinents(mask: TextMask, names: Names, found: FoundFilters): void {
  for (const { words, labels } of continents) {
    for (const match of mask.rest.matchAll(words)) {
      const regions = names.of("region").filter(({ key, label }) => labels.test(label) || labels.test(key));
      if (regions.length === 0) continue;
      found.filters.push({ ...filterOf(regions, match[0]), exclude: isExcluded(mask, match.index) });
      found.readAs.push({ words: match[0], name: regions.map(({ label }) => label).join(", ") });
      mask.cover(match.index, match.index + match[0].length);
    }
  }
}

function findEnvironments(mask: TextMask, names: Names, found: FoundFilters): void {
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
}

function findServices(mask: TextMask, names: Names, found: FoundFilters): void {
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
        ...(isExcluded(mask, start) ? { exclude: true } : {}),
      });
    }
  }
}

function findProviders(mask: TextMask, names: Names, found: FoundFilters): void {
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
