import { z } from "zod";
import { singleLine } from "../../kernel/plain-text.ts";
import type { CloudChange } from "../cloud.ts";

const Text = z.string().nullish();
const Value = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** A row of resourcechanges, as "Get resource changes" (learn.microsoft.com) shows it. */
const ChangeRow = z.object({
  id: z.string().min(1),
  properties: z.object({
    targetResourceId: z.string().min(1),
    targetResourceType: Text,
    changeType: z.enum(["Create", "Update", "Delete"]),
    changeAttributes: z.object({
      timestamp: z.string(),
      changedBy: Text,
      clientType: Text,
      operation: Text,
    }),
    // Values that are no text or number are whole objects: what changed within them has entries of its own.
    changes: z
      .record(z.string(), z.object({ previousValue: Value.catch(null), newValue: Value.catch(null) }))
      .nullish(),
  }),
});

const kinds = { Create: "created", Update: "updated", Delete: "deleted" } as const;
const longestWord = 200;

/** A change by the names that its resource has here; texts are one line, without control or steering characters. */
export function readChange(row: unknown): CloudChange {
  const { id, properties } = ChangeRow.parse(row);
  const { targetResourceId, targetResourceType, changeType, changeAttributes, changes } = properties;
  return {
    id: id.toLowerCase(),
    resourceId: targetResourceId.toLowerCase(),
    resourceType: (targetResourceType ?? "").toLowerCase(),
    at: Temporal.Instant.from(changeAttributes.timestamp),
    kind: kinds[changeType],
    changedBy: told(changeAttributes.changedBy),
    client: told(changeAttributes.clientType),
    operation: told(changeAttributes.operation),
    fields: Object.entries(changes ?? {}).flatMap(([path, { previousValue, newValue }]) => {
      const { field, value } = nameOf(path);
      const [from, to] = [value(previousValue), value(newValue)];
      return field === null || from === to ? [] : { field, from, to };
    }),
  };
}

/** Null for what Azure itself does not know. */
function told(text: string | null | undefined): string | null {
  const line = singleLine(text ?? "").trim();
  if (line === "" || /^(unspecified|unknown|n\/a)$/i.test(line)) return null;
  return [...line].slice(0, longestWord).join("");
}

type Scalar = string | number | boolean | null | undefined;
const asText = (value: Scalar) => (value === null || value === undefined ? null : String(value));
const power = /^properties\.extended\.instanceView\.powerState\./i;

function nameOf(path: string): { field: string | null; value: (value: Scalar) => string | null } {
  if (power.test(path)) {
    // Of a machine's state the code says all, its display text the same again.
    const field = /\.code$/i.test(path) ? "status" : null;
    return {
      field,
      value: (value) =>
        asText(value)
          ?.toLowerCase()
          .replace(/^powerstate\//, "") ?? null,
    };
  }
  if (path === "location") {
    return { field: "region", value: (value) => asText(value)?.toLowerCase().replaceAll(" ", "") ?? null };
  }
  return { field: path.replace(/^properties\./, ""), value: asText };
}
