import { z } from "zod";

const Environment = z.object({
  /** The organization an assistant sees, where there are several. */
  CLOUDOPTIMA_ORGANIZATION: z.string().min(1).optional(),
});

export function readMcpEnv(environment: NodeJS.ProcessEnv = process.env) {
  const parsed = Environment.parse({
    CLOUDOPTIMA_ORGANIZATION: environment.CLOUDOPTIMA_ORGANIZATION || undefined,
  });
  return { organization: parsed.CLOUDOPTIMA_ORGANIZATION };
}
