import { z } from "zod";

/** YYYY-MM-DD, UTC. The JSON Schema made of it knows the calendar too. */
export const Day = z.iso.date({
  error: ({ input }) =>
    typeof input === "string" && /^\d{4}-\d{2}-\d{2}$/.test(input)
      ? "no day of the calendar"
      : "a day as YYYY-MM-DD",
});
