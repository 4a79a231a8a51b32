import type { JSONValue } from "@ai-sdk/provider";

/**
 * A tool's output at most `limit` characters of JSON: long lists lose their tail, and say so beside it.
 * Pointers into what stays keep their meaning.
 */
export function boundOutput(output: JSONValue, limit: number): JSONValue {
  for (let most = 100; most >= 1; most = Math.floor(most / 2)) {
    const bounded = cutLists(output, most);
    if (JSON.stringify(bounded).length <= limit) return bounded;
  }
  return {
    note: "The result is too long to read; ask for less, for example a smaller top or a shorter period.",
  };
}

function cutLists(value: JSONValue, most: number): JSONValue {
  if (Array.isArray(value)) return value.slice(0, most).map((item) => cutLists(item, most));
  if (typeof value === "string" && value.length > 1000) return `${value.slice(0, 1000)}…`;
  if (typeof value !== "object" || value === null) return value;
  const cut: Record<string, JSONValue> = {};
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue;
    cut[key] = cutLists(child, most);
    if (Array.isArray(child) && child.length > most)
      cut[`${key}Note`] = `only the first ${most} are shown to you`;
  }
  return cut;
}
