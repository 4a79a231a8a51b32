import { dayInWords, periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceChangeList } from "@cloudoptima/tools/discovery/list-resource-changes.tool.ts";
import { actorInWords } from "@cloudoptima/tools/discovery/resource-change-views.ts";
import type { Thinking, Thought } from "../thought.ts";
import { changedThing, changeKind } from "../understand/find-resource-changes.ts";
import { findResources } from "../understand/find-resources.ts";
import { quotable } from "./quotable.ts";
import { placeWords, resourceFilterInput } from "./resource-filter-input.ts";
import { join, next, ref, sayError, word } from "./write.ts";

const LINES = 6;
const kindWords = { created: "new", gone: "gone", returned: "back", updated: "changed" } as const;

/** What came, went and changed, newest first, and by whom where the cloud tells. */
export function answerResourceChanges({ question, results }: Thinking): Thought {
  const { text, periods } = question;
  const thing = changedThing(text);
  if (results.length === 0) {
    const { resourceGroup, subscription, text: named } = resourceFilterInput(question);
    const { type } = findResources(text);
    const resource = thing ?? named;
    const input = {
      ...(periods[0] ? { period: periods[0].period } : {}),
      ...(resource ? { resource } : { ...(type ? { type } : {}), ...changeKind(text) }),
      ...(resourceGroup ? { resourceGroup } : {}),
      ...(subscription ? { subscription } : {}),
    };
    return { calls: [{ name: "list_resource_changes", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as ResourceChangeList;
  const at = result.call;
  const of = thing ? ` on \`${thing.replace(/[`{}]/g, "'")}\`` : "";
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  const when = periodInWords(output.period);
  const unnamed = output.rows
    .slice(0, LINES)
    .some(({ changedBy, client }) => changedBy === null && client === null);
  const who =
    /\bwho\b/i.test(text) && (unnamed || output.rows.length === 0)
      ? "Where nobody is named the cloud did not say who it was; what was changed from here is under the approvals, with who approved it.\n"
      : "";
  const since = output.knownFrom
    ? `*(as the cloud tells it, else as scans saw it, the first on ${dayInWords(output.knownFrom.slice(0, 10))}; what was there then counts as known)*\n`
    : "Nothing was scanned yet, so no change is known.\n";
  if (output.totalCount === 0) {
    return {
      say: `No such change was seen${of}${where} (${when}).\n${who}${since}${next("Which resources do we have")}`,
    };
  }
  const counts = (["created", "gone", "returned", "updated"] as const)
    .filter((kind) => output.counts[`${kind}Count`] > 0)
    .map((kind) => `${ref(at, `/counts/${kind}Count`)} ${kindWords[kind]}`);
  const lines = output.rows.slice(0, LINES).map((row, index) => {
    const what = sayFields(at, row, `/rows/${index}`) || kindWords[row.kind];
    const by = actorInWords(row);
    const who = by ? `, by ${quotable(by)}` : "";
    return `- ${word(row.name)} (${word(row.typeLabel)}, ${dayInWords(row.at.slice(0, 10))}): ${what}${who}\n`;
  });
  const more = output.totalCount > lines.length ? "The table has more.\n" : "";
  return {
    say: `**${ref(at, "/totalCount")}** change${output.totalCount === 1 ? "" : "s"}${of}${where} (${when}): ${join(counts)}.\n${lines.join("")}${more}${who}${since}${next("Why did our bill change last month")}`,
  };
}

type Row = ResourceChangeList["rows"][number];
/** Settings told of one change; the table has more. */
const FIELDS = 3;

/** "tag Team web → data; sku.capacity 8 → 16"; a number is a figure of the result. "" for none. */
function sayFields(at: number, { fields }: Row, pointer: string): string {
  const told = fields.slice(0, FIELDS).map(({ field, from, to, fromFigure, toFigure }, index) => {
    const value = (text: string | null, figure: unknown, name: string) => {
      if (text === null) return "(none)";
      return figure ? ref(at, `${pointer}/fields/${index}/${name}`) : quotable(text) || "…";
    };
    const name = quotable(field.replace(/^tags\./, "tag ")) || "a setting";
    return `${name} ${value(from, fromFigure, "fromFigure")} → ${value(to, toFigure, "toFigure")}`;
  });
  return [...told, ...(fields.length > FIELDS ? ["and more"] : [])].join("; ");
}
