import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { cellText } from "../../lib/cell-text.ts";
import { formatDay } from "../../lib/format.ts";
import { singleLine } from "../../lib/single-line.ts";

/** "Approve proposal" for approve_proposal. */
export function actionTitle(action: string): string {
  const words = singleLine(action).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const sources: Record<string, string> = {
  web: "Web",
  rest: "REST",
  mcp: "AI assistant",
  terminal: "Terminal",
  slack: "Slack",
  teams: "Teams",
  agent: "Agent",
  worker: "Worker",
};
const ways: Record<string, string> = { api_key: "API key", token: "token" };

/** The door, and with what it was opened where that is not a person's own sign-in: "REST, API key". */
export function throughText({ source, details }: Pick<AuditRow, "source" | "details">): string {
  const door = sources[source] ?? singleLine(source);
  const way = typeof details.via === "string" ? ways[details.via] : undefined;
  return way ? `${door}, ${way}` : door;
}

/** Who it was; a failed sign-in has nobody, and the product's own rows say so. */
export function personText({ person }: Pick<AuditRow, "person">): string {
  return person.name ? singleLine(person.name) : person.id ? "Somebody who left" : "Unknown";
}

/** What it was done to: a resource by its last part, or in short what was asked for. */
export function subjectText({ resourceType, resourceId, details }: AuditRow): string {
  if (resourceId) {
    const name = shortId(singleLine(resourceId));
    return resourceType ? `${singleLine(resourceType)} ${name}` : name;
  }
  const input = details.input as Record<string, unknown> | undefined;
  if (input && Object.keys(input).length > 0) {
    return singleLine(cellText(input)).replaceAll(/\/[^\s,]*\/[^\s,]+/g, shortId);
  }
  return typeof details.permission === "string" ? `needs ${singleLine(details.permission)}` : "";
}

/** What a person tells them apart by: the last part of a path, the first of a UUID. */
function shortId(id: string): string {
  const last = id.split("/").filter(Boolean).at(-1) ?? id;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(last) ? last.slice(0, 8) : last;
}

/** 28 Nov 2026, 12:03:07 in UTC. */
export function timeText(time: string): string {
  return `${formatDay(time)}, ${time.slice(11, 19)}`;
}

const hidden =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** Details as indented JSON with every control, direction and invisible character spelled out. */
export function detailsJson(details: Record<string, unknown>): string {
  return JSON.stringify(details, null, 2).replace(hidden, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
