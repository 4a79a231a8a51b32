import { z } from "zod";

/** A day that exists. Without a pattern in its schema: a dozen tools have two of them, and a model reads each. */
const Day = z.string().refine((text) => z.iso.date().safeParse(text).success, { message: "no such day" });

/**
 * How a tool takes a period: exact days (half-open, UTC) or words that the business clock resolves.
 * One object instead of a union, because loose schemas make model calls fail.
 */
export const PeriodInput = z
  .strictObject({
    start: Day.optional().describe("YYYY-MM-DD"),
    end: Day.optional().describe("Day after the last"),
    words: z.string().max(100).optional().describe('Or "past 90 days"'),
  })
  .refine((period) => (period.words ? !period.start && !period.end : period.start && period.end), {
    message: 'give start and end (YYYY-MM-DD, end exclusive), or words such as "last month"',
  });
export type PeriodInput = z.infer<typeof PeriodInput>;
