import { z } from "zod";

const Environment = z.object({
  /** Address to listen on; anything but loopback exposes the product, and turns the demo sign-in off. */
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z
    .string()
    .default("3000")
    .transform(Number)
    .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65535, "must be a port, 0 to 65535"),
  /** The address people type when a proxy stands in front, e.g. https://cost.example.com */
  CLOUDOPTIMA_PUBLIC_URL: z.url().optional(),
});

export interface WebEnvironment {
  host: string;
  port: number;
  publicUrl: URL | null;
  /** True only when nothing outside this machine can reach the server. */
  loopback: boolean;
}

const loopbackHosts = new Set(["127.0.0.1", "::1", "localhost"]);

/** HOST, PORT and CLOUDOPTIMA_PUBLIC_URL, or an Error whose sentence says what to mend. */
export function readWebEnvironment(env: Record<string, string | undefined>): WebEnvironment {
  // An empty variable is an absent one, as everywhere: PORT= would otherwise mean port 0.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new Error(`The environment variable ${issue.path.join(".")} cannot be used: ${issue.message}.`);
  }
  const { HOST, PORT, CLOUDOPTIMA_PUBLIC_URL } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    publicUrl: CLOUDOPTIMA_PUBLIC_URL ? new URL(CLOUDOPTIMA_PUBLIC_URL) : null,
    loopback: loopbackHosts.has(HOST) && !CLOUDOPTIMA_PUBLIC_URL,
  };
}
