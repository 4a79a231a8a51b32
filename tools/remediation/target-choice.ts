import { z } from "zod";

/** What a resource is to become, for every action that changes its size or kind. */
export const targetChoice = {
  to: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .optional()
    .describe("The new size, SKU or tier; without it the one that is recommended"),
};
