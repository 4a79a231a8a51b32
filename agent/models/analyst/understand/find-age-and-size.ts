import type { ResourceQuery } from "../question.ts";
import { findKind, type Span } from "./find-resources.ts";

const daysOf = { day: 1, week: 7, month: 30, year: 365 } as const;
const number = String.raw`(\d{1,4}|an?|one|two|three|six)`;
const numbers: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3, six: 6 };
const older = new RegExp(
  String.raw`\b(?:older than|(?:more|longer) than|over|at least|(?:made|created|taken) (?:more than|over|before)) ${number} (day|week|month|year)s?(?: (?:old|ago))?\b`,
  "i",
);
const saysAge = /\bolder than\b|\bold\b|\b(?:made|created|taken)\b.*\bago\b/i;
const wantsAge = /\bhow old\b|\b(?:oldest|age of|by age)\b/i;
const bigger =
  /\b(?:bigger|larger|greater|more) than (\d+(?:\.\d+)?) ?(gi?b|ti?b|gigabytes?|terabytes?)\b|\b(?:over|above|at least) (\d+(?:\.\d+)?) ?(gi?b|ti?b|gigabytes?|terabytes?)\b/i;
const wantsSize = /\b(?:biggest|largest)\b/i;
/** Of their own data these are the only ones whose size is kept. */
const sized = new Set(["microsoft.compute/disks", "microsoft.compute/snapshots"]);

/** By how old or how large the resources that are asked for are. */
export type AgeAndSize = Pick<ResourceQuery, "olderThanDays" | "minimumGib" | "orderBy">;

/** "snapshots older than 90 days", "oldest disk", "disks bigger than 500 GB"; undefined where neither is said. */
export function findAgeAndSize(text: string): AgeAndSize | undefined {
  const kind = findKind(text);
  if (!kind?.type) return undefined;
  const age = saysAge.test(text) ? older.exec(text) : null;
  if (age) {
    const many = numbers[age[1]!.toLowerCase()] ?? Number(age[1]);
    return { olderThanDays: many * daysOf[age[2]!.toLowerCase() as "day"], orderBy: "age" };
  }
  if (wantsAge.test(text)) return { orderBy: "age" };
  if (!sized.has(kind.type)) return undefined;
  const size = bigger.exec(text);
  if (size) {
    const amount = Number(size[1] ?? size[3]);
    return { minimumGib: /^t/i.test(size[2] ?? size[4]!) ? amount * 1024 : amount, orderBy: "size" };
  }
  return wantsSize.test(text) && !/\b(?:cost|spend|expens|bill|sav)/i.test(text)
    ? { orderBy: "size" }
    : undefined;
}

/** Where the words for it stand. */
export function ageAndSizeSpans(text: string): Span[] {
  if (!findAgeAndSize(text)) return [];
  return [older, bigger, wantsAge, wantsSize, /\bold\b/i].flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern.source, "gi"))].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

/** Whether the inventory is asked for what is that old or that large. */
export const ageOrSizeQuestion = { test: (text: string) => findAgeAndSize(text) !== undefined };
