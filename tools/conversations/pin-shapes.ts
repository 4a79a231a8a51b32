import { z } from "zod";

/** An answer kept on the person's dashboard: the tool and its input, run again at each look. */
export const Pin = z.object({
  id: z.uuid(),
  title: z.string(),
  toolName: z.string(),
  toolInput: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
});
export type Pin = z.infer<typeof Pin>;
