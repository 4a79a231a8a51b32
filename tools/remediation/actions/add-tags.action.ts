import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { defineAction, type JsonRecord } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { steering } from "../../kernel/unsafe-characters.ts";
import { isReadByRules } from "../../recommendations/counter-evidence.ts";
import { environmentKeys } from "../is-production.ts";

// learn.microsoft.com, "Use tags to organize your Azure resources": limits of names, values and their number.
const mostTags = 50;
// Emoji joined by invisible characters are fine; what moves a cursor or turns a line around is not.
const isPlain = (text: string) => text.search(steering) === -1;
const TagName = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(/^[^<>%&\\?/]+$/, "a tag's name has none of < > % & \\ ? /")
  .refine(isPlain, "a tag's name has no control characters")
  // A record cannot hold it, so the plan would promise a tag that is never set.
  .refine((name) => name !== "__proto__", "this name cannot be used");
const TagValue = z.string().max(256).refine(isPlain, "a tag's value has no control characters");
const Tags = z.record(TagName, TagValue);

const Parameters = z.object({
  set: Tags,
  /** What each of these tags was before; null: it was not there. Keys as they will be written. */
  before: z.record(z.string(), z.string().nullable()),
});

/** Sets tags on resources of any type; their other tags stay. */
export default defineAction({
  name: "add_tags",
  version: 1,
  title: "Set tags",
  examples: [
    "tag vm-legacy-cms-001 with Owner = platform",
    "add the tag CostCenter=CC-3010 to the disks in rg-dev",
    "set Project to phoenix on pip-dev-jumpbox-001",
  ],
  resourceType: null,
  resolves: [],
  operations: ["Microsoft.Resources/tags/write"],
  headline: (count, parameters) => {
    const names = Object.keys(Parameters.parse(parameters).set).join(", ");
    return `Set ${names} on ${count === 1 ? "1 resource" : `${count} resources`}`;
  },
  input: z.object({
    // A list and no map: models and their strict schemas know the names of fields beforehand.
    tags: z
      .array(z.object({ name: TagName, value: TagValue }))
      .min(1)
      .max(mostTags)
      .refine((tags) => new Set(tags.map(({ name }) => name.toLowerCase())).size === tags.length, {
        error: "each name once; they know no case",
      }),
  }),

  async plan(_reader, live, { tags }) {
    // A tag that is there keeps the case of its name, so that the way back restores it as it was.
    const changed = tags
      .map(({ name, value }) => [tagNamed(live, name)?.[0] ?? name, value] as const)
      .filter(([key, value]) => tagOf(live, key) !== value);
    if (changed.length === 0) {
      throw new AppError("conflict", `${live.name} has these tags already.`, {
        hint: "There is nothing to change.",
      });
    }
    const before = Object.fromEntries(changed.map(([key]) => [key, tagOf(live, key)]));
    const total =
      Object.keys(live.tags).length + Object.values(before).filter((value) => value === null).length;
    if (total > mostTags) {
      throw new AppError("unsupported", `${live.name} would have ${total} tags; Azure allows ${mostTags}.`, {
        hint: "Remove tags that nobody needs first.",
      });
    }
    const grave = changed.filter(
      ([key, value]) =>
        environmentKeys.test(key) || isReadByRules(key, value) || isReadByRules(key, before[key] ?? ""),
    );
    return {
      parameters: { set: Object.fromEntries(changed), before },
      effects: [
        ...changed.map(([key, value]) => {
          const was = before[key] ?? null;
          return was === null ? `${key} = ${value} (new)` : `${key} = ${value} (was ${was})`;
        }),
        ...grave.map(([key]) => `Rules read ${key}: what they recommend for this resource can change.`),
      ],
      risk: grave.length > 0 ? "high" : "low",
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields: theseTags,
    checkEvidence: async () => null,
    steps: [
      {
        name: "set_tags",
        submit: ({ cloud, resourceId, parameters, signal }) =>
          cloud.changeTags(resourceId, { set: Parameters.parse(parameters).set, remove: [] }, signal),
        verify: async ({ live, parameters }) => {
          if (live === null) return "unknown";
          const wanted = Object.entries(Parameters.parse(parameters).set);
          return wanted.every(([key, value]) => tagOf(live, key) === value) ? "done" : "not_done";
        },
      },
    ],
  },

  undo: {
    describe: () => "Put the former values back.",
    headline: (count) => `Put the former tags back on ${count === 1 ? "1 resource" : `${count} resources`}`,
    until: () => null,
    operations: ["Microsoft.Resources/tags/write"],
    driftFields: theseTags,
    checkEvidence: async () => null,
    steps: [
      {
        name: "restore_tags",
        submit: ({ cloud, resourceId, parameters, signal }) => {
          const before = Object.entries(Parameters.parse(parameters).before);
          const set = before.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
          const remove = before.flatMap(([key, value]) => (value === null ? [key] : []));
          return cloud.changeTags(resourceId, { set: Object.fromEntries(set), remove }, signal);
        },
        verify: async ({ live, parameters }) => {
          if (live === null) return "unknown";
          const wanted = Object.entries(Parameters.parse(parameters).before);
          return wanted.every(([key, value]) => tagOf(live, key) === value) ? "done" : "not_done";
        },
      },
    ],
  },
});

/** Azure's tag names know no case. */
function tagNamed(live: LiveResource, key: string): [name: string, value: string] | undefined {
  return Object.entries(live.tags).find(([name]) => name.toLowerCase() === key.toLowerCase());
}

const tagOf = (live: LiveResource, key: string): string | null => tagNamed(live, key)?.[1] ?? null;

function theseTags(live: LiveResource | null, parameters: JsonRecord): JsonRecord {
  const keys = Object.keys(Parameters.parse(parameters).set);
  return {
    exists: live !== null,
    ...Object.fromEntries(keys.map((key) => [`tag ${key}`, live && tagOf(live, key)])),
  };
}
