import type { CostDimension } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { Grouping } from "../question.ts";
import type { Names } from "./names.ts";
import type { TextMask } from "./text-mask.ts";

const dimensionWords: readonly [CostDimension, string][] = [
  ["resource_group", "resource ?groups?|resourcegroups?|rgs?|groups?"],
  [
    "subscription",
    "sub ?scriptions?|subscriptions?|subs|(?:sub|linked|member|cloud|aws|billing)?[ -]?accounts?|projects?",
  ],
  ["charge_kind", "charge (?:categor(?:y|ies)|types?)|categor(?:y|ies)|types? of charges?"],
  ["provider", "(?:cloud )?providers?|vendors?|clouds?"],
  ["region", "regions?|locations?|geograph(?:y|ies)|data ?cent(?:er|re)s?"],
  ["service", "services?|products?|service types?|meter categor(?:y|ies)"],
  ["resource", "resources?|instances?|machines?|servers?|items?|assets?|things?"],
];
const lead =
  "(?:(?:broken|break|split|grouped?|group|sorted|breakdown|divided|cut|sliced?|slice)(?: \\w+)? (?:down |up |out )?(?:by|per|into)|breakdown (?:of|by)|by|per|for each|of each|in each|each|every|across(?: all)?(?: the| our)?|between(?: the)?|among(?: the)?)";
const asking =
  "(?:(?:which|what)(?: \\d+| two| three| four| five| six| ten)?|whose|the (?:\\d+|two|three|four|five|six|ten)(?= [\\w ]+ (?:with|that|by|having|we)\\b)|list(?: the)? (?:\\d+|two|three|four|five|six|ten)|(?:did|has|have|is|are|was|were|does|do) any(?: of)?|how many|(?:the )?(?:number|count) of|top(?: \\d+| ten| six| five| four| three| two)?|(?:\\d+ )?(?:most expensive|costliest|priciest|dearest|biggest|largest|highest[- ]cost|cheapest|smallest|least expensive|most costly)(?: \\d+)?)";

/** "by service", "per region", "each team", "which subscriptions", "top 5 resource groups", "most expensive VM". */
export function findGrouping(mask: TextMask, names: Names): Grouping | undefined {
  const lists: [Grouping, string][] = [
    ...names
      .tagKeyPattern()
      .map(([tagKey, words]): [Grouping, string] => [{ dimension: "tag", tagKey }, words]),
    ...dimensionWords.map(([dimension, words]): [Grouping, string] => [{ dimension }, words]),
  ];
  // "which app service plans": the kind of resource, not the tag whose name it begins with.
  const isOther = (grouping: Grouping) =>
    grouping.dimension === "tag" ? "(?!\\s+(?:services?|gateways?|plans?|insights)\\b)" : "";
  for (const opening of [lead, asking]) {
    // "by region and then by environment": the one said first.
    let first: { at: number; grouping: Grouping; pattern: RegExp } | undefined;
    for (const [grouping, words] of lists) {
      const pattern = new RegExp(
        `(?<![\\w-])${opening}\\s+(?:the |our |my |of |all |both |two |three |four |five |different |individual |single |azure |aws |cloud |cost |spend )*(?:${words})(?:\\s+tags?)?(?![\\w-])${isOther(grouping)}`,
        "i",
      );
      const at = pattern.exec(mask.rest)?.index;
      if (at !== undefined && (!first || at < first.at)) first = { at, grouping, pattern };
    }
    if (first) {
      const said = mask.take(first.pattern);
      // "which AWS services": the cloud is not part of the grouping.
      const cloud = said && /\b(?:aws|azure)\b/i.exec(said[0]);
      if (said && cloud) mask.uncover(said.index + cloud.index, said.index + cloud.index + cloud[0].length);
      return first.grouping;
    }
    // "environment split", "team-wise", "the region breakdown"
    for (const [grouping, words] of lists) {
      const pattern = new RegExp(
        `(?<![\\w-])(?:${words})(?:[- ]?wise|(?:[- ]level)?(?: cost| spend)? (?:split|breakdown|distribution|ranking|mix|allocation|comparison))(?![\\w-])`,
        "i",
      );
      if (mask.take(pattern)) return grouping;
    }
    const tagged = mask.take(
      new RegExp(
        `(?<![\\w-])${opening}\\s+(?:the )?tags?(?: key)?(?: called| named)? (?:["'\`]([^"'\`]+)["'\`]|([\\w.:/-]+))|(?<![\\w-])${opening}\\s+(?:["'\`]([^"'\`]+)["'\`]|([\\w.:/-]+)) tags?(?![\\w-])`,
        "i",
      ),
    );
    const key = tagged?.slice(1).find(Boolean);
    if (key) return { dimension: "tag", tagKey: names.tagKey(key) ?? key };
  }
  return undefined;
}

/** A second dimension after the first: "by subscription and region". */
export function findSecondGrouping(mask: TextMask, names: Names): Grouping | undefined {
  const lists: [Grouping, string][] = [
    ...names
      .tagKeyPattern()
      .map(([tagKey, words]): [Grouping, string] => [{ dimension: "tag", tagKey }, words]),
    ...dimensionWords.map(([dimension, words]): [Grouping, string] => [{ dimension }, words]),
  ];
  const found = lists.find(([, words]) =>
    mask.take(
      new RegExp(
        `(?<![\\w-])(?:and|then|&|,)\\s+(?:by |per |(?:the )?${asking} )?(?:${words})(?![\\w-])|^\\W*${asking}\\s+(?:${words})\\s+and\\s*$`,
        "i",
      ),
    ),
  );
  return found?.[0];
}

/** A tag's name in the plural stands for each of its values: "give me the cost centres for August". */
export function findTagPlural(mask: TextMask, names: Names): Grouping | undefined {
  for (const [tagKey, words] of names.tagKeyPattern()) {
    const pattern = new RegExp(
      `(?<![\\w-])(?=[\\w -]*s(?![\\w-]))(?:${words})(?<=s)(?![\\w-])(?!\\s*(?:tag|named|called|=|:))`,
      "i",
    );
    if (mask.take(pattern)) return { dimension: "tag", tagKey };
  }
  return undefined;
}

/** The plural of a dimension standing alone: "resources over $100", "how many regions". */
export function findPluralGrouping(mask: TextMask, names: Names): Grouping | undefined {
  const lists: [Grouping, string][] = [
    ...names
      .tagKeyPattern()
      .map(([tagKey, words]): [Grouping, string] => [{ dimension: "tag", tagKey }, words]),
    ...dimensionWords.map(([dimension, words]): [Grouping, string] => [{ dimension }, words]),
  ];
  return lists.find(([, words]) =>
    mask.take(new RegExp(`(?<![\\w-])(?=\\w+(?: \\w+)?s\\b)(?:${words})(?![\\w-])`, "i")),
  )?.[0];
}

/** "teams", "cost centers" for tags whose name is plain words, else "my:key values". */
function tagPlural(tagKey: string): string {
  if (!/^[A-Z]?[a-z]+(?:[A-Z_ -][a-z]+)*$/.test(tagKey) || /s$/.test(tagKey)) return `${tagKey} values`;
  const words = tagKey
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]/g, " ")
    .toLowerCase();
  return /[^aeiou]y$/.test(words) ? `${words.slice(0, -1)}ies` : `${words}s`;
}

/** What a dimension is called in an answer. */
export function groupingName({ dimension, tagKey }: Grouping, many = false): string {
  if (dimension === "tag") return many ? tagPlural(tagKey ?? "") : `${tagKey} tag`;
  const name = dimension.replaceAll("_", " ");
  if (!many) return name;
  return name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
}
