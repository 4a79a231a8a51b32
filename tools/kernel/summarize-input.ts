import { redact } from "./redact.ts";

/** Longest text that the audit keeps of an input. */
const LONGEST_TEXT = 200;
/** Longest list or object of an input, as JSON: an estate's filters fit, a conversation's messages do not. */
const LONGEST_PART = 500;

/**
 * What the audit keeps of an input: secrets redacted, long texts cut with their whole length said, long lists and
 * objects as their size only. What people say in a conversation stays in the conversation.
 */
export function summarizeInput(input: Record<string, unknown>): Record<string, unknown> {
  // Secrets go first: half of one would not be recognized.
  const redacted = redact(input) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(redacted).map(([name, value]) => [name, summarize(value)]));
}

function summarize(value: unknown): unknown {
  if (typeof value === "string") return cut(value);
  if (typeof value !== "object" || value === null) return value;
  const { length } = JSON.stringify(value);
  if (length > LONGEST_PART) {
    return Array.isArray(value)
      ? `(${value.length} ${value.length === 1 ? "item" : "items"}, ${length} characters)`
      : `(${length} characters)`;
  }
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" ? cut(part) : part,
  );
}

function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  // By characters: half of a surrogate pair would be no valid text.
  const characters = [...text];
  return characters.length > LONGEST_TEXT
    ? `${characters.slice(0, LONGEST_TEXT).join("")}… (${characters.length} characters)`
    : text;
}
