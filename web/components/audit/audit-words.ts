import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { cellText } from "../../lib/cell-text.ts";
import { formatDay } from "../../lib/format.ts";

/** "Approve proposal" for approve_proposal. */
export function actionTitle(action: string): string {
  const words = visibleLine(action).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "connection name" for connectionName. */
function fieldName(name: string): string {
  return name.replaceAll(/[a-z](?=[A-Z])|_/g, (end) => (end === "_" ? " " : `${end} `)).toLowerCase();
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
  const door = sources[source] ?? visibleLine(source);
  const way = typeof details.via === "string" ? ways[details.via] : undefined;
  return way ? `${door}, ${way}` : door;
}

/** Who it was; a failed sign-in has nobody, and the product's own rows say so. */
export function personText({ person }: Pick<AuditRow, "person">): string {
  return person.name ? visibleLine(person.name) : person.id ? "Somebody who left" : "Unknown";
}

/** What it was done to: a resource by its last part, or in short what was asked for. */
export function subjectText({ resourceType, resourceId, details }: AuditRow): string {
  if (resourceId) {
    const name = shortId(visibleLine(resourceId));
    return resourceType ? `${visibleLine(resourceType)} ${name}` : name;
  }
  const input = details.input as Record<string, unknown> | undefined;
  if (input && Object.keys(input).length > 0) {
    const named = Object.fromEntries(Object.entries(input).map(([name, value]) => [fieldName(name), value]));
    return visibleLine(cellText(named)).replaceAll(/\/[^\s,]*\/[^\s,]+/g, shortId);
  }
  return typeof details.permission === "string" ? `needs ${visibleLine(details.permission)}` : "";
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
