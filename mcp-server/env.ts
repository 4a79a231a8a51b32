import { z } from "zod";

const Environment = z.object({
  /** The organization an assistant sees, where there are several. */
  CLOUDOPTIMA_ORGANIZATION: z.string().min(1).optional(),
  /** Whose assistant it is; without one it is a viewer who may propose. */
  CLOUDOPTIMA_API_KEY: z.string().min(1).optional(),
  /** Where people reach the product, when it is not what the running product told this machine. */
  CLOUDOPTIMA_PUBLIC_URL: z.url().optional(),
});

export function readMcpEnv(environment: NodeJS.ProcessEnv = process.env) {
  const parsed = Environment.parse({
    CLOUDOPTIMA_ORGANIZATION: environment.CLOUDOPTIMA_ORGANIZATION || undefined,
    CLOUDOPTIMA_API_KEY: environment.CLOUDOPTIMA_API_KEY?.trim() || undefined,
    CLOUDOPTIMA_PUBLIC_URL: environment.CLOUDOPTIMA_PUBLIC_URL || undefined,
  });
  return {
    organization: parsed.CLOUDOPTIMA_ORGANIZATION,
    apiKey: parsed.CLOUDOPTIMA_API_KEY,
    address: parsed.CLOUDOPTIMA_PUBLIC_URL ? new URL(parsed.CLOUDOPTIMA_PUBLIC_URL).origin : null,
  };
}
