import { dayInWords } from "../costs/coverage.ts";
import type { View } from "../kernel/view.ts";
import type { ResourceChangeList } from "./list-resource-changes.tool.ts";
import type { FieldChange } from "./resource-change-shapes.ts";

const kindWords: Record<ResourceChangeList["rows"][number]["kind"], string> = {
  created: "new",
  updated: "changed",
  gone: "gone",
  returned: "back",
};

/** Settings told of one change; a new set of 200 tags is one change. */
const mostFields = 5;

/** "status running → deallocated; tag Team web → data"; "" for none. */
export function fieldsInWords(fields: readonly FieldChange[]): string {
  const told = fields
    .slice(0, mostFields)
    .map(
      ({ field, from, to }) => `${field.replace(/^tags\./, "tag ")} ${from ?? "(none)"} → ${to ?? "(none)"}`,
    );
  return [...told, ...(fields.length > mostFields ? ["and more"] : [])].join("; ");
}

/** "dana@contoso.example, Azure Portal"; "" where the cloud does not say. */
export function actorInWords({
  changedBy,
  client,
}: Pick<ResourceChangeList["rows"][number], "changedBy" | "client">): string {
  return [changedBy, client].filter((word) => word !== null).join(", ");
}

/** One line per change, newest first. */
export function changeViews({ rows, totalCount }: ResourceChangeList): View[] {
  if (rows.length === 0) return [];
  return [
    {
      type: "table",
      title: "What changed",
      columns: [
        { key: "seen", label: "When", format: "text" },
        { key: "name", label: "Resource", format: "text" },
        { key: "type", label: "Type", format: "text" },
        { key: "group", label: "Resource group", format: "text" },
        { key: "what", label: "What", format: "text" },
        { key: "who", label: "By", format: "text" },
      ],
      rows: rows.map((row) => ({
        seen: dayInWords(row.at.slice(0, 10)),
        name: row.name,
        type: row.typeLabel,
        group: row.resourceGroup,
        what: fieldsInWords(row.fields) || kindWords[row.kind],
        who: actorInWords(row) || null,
      })),
      ...(totalCount > rows.length ? { note: `${rows.length} of ${totalCount}` } : {}),
    },
  ];
}
