import { z } from "zod";

const DatabaseEnv = z.object({
  /** postgres://user:password@host:port/database. Absent: the embedded database in the data folder. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/database" })
    .optional(),
  DATABASE_POOL_SIZE: z
    .string()
    .regex(/^[1-9]\d?$/, "must be a whole number from 1 to 99")
    .default("10"),
});

export interface DatabaseSettings {
  databaseUrl: string | undefined;
  poolSize: number;
}

/** Reads the database's settings; a wrong value throws one sentence that says how to mend it. */
export function readDatabaseEnv(environment: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const parsed = DatabaseEnv.safeParse({
    DATABASE_URL: environment.DATABASE_URL || undefined,
    DATABASE_POOL_SIZE: environment.DATABASE_POOL_SIZE || undefined,
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new Error(`The environment variable ${issue.path.join(".")} ${issue.message}.`);
  }
  return { databaseUrl: parsed.data.DATABASE_URL, poolSize: Number(parsed.data.DATABASE_POOL_SIZE) };
}
