import { isAbsolute, join, resolve } from "node:path";
import { type DatabaseSettings, readDatabaseEnv } from "@cloudoptima/db/env.ts";
import { z } from "zod";
import { AppError } from "./kernel/errors.ts";
import type { EmbedderSettings } from "./knowledge/embedder.ts";

const repositoryRoot = join(import.meta.dirname, "..");

const ToolsEnv = z.object({
  CLOUDOPTIMA_DATA_DIR: z.string().default(join(repositoryRoot, ".data")),
  CLOUDOPTIMA_NOW: z.iso
    .datetime({ offset: true, error: "must be an ISO time with zone, e.g. 2026-10-14T09:00:00Z" })
    .optional(),
  CLOUDOPTIMA_DEMO: z.enum(["0", "1"], { error: "must be 0 (start empty) or 1 (demo data)" }).default("1"),
  /** Signs the audit log. Absent: the data folder's audit.key. Several hosts on one database need the same. */
  CLOUDOPTIMA_AUDIT_KEY: z
    .string()
    .min(32, "must have at least 32 characters (make one with: openssl rand -hex 32)")
    .optional(),
  /** Signs browser sessions and access tokens. Absent: the data folder's session.key. */
  CLOUDOPTIMA_SESSION_KEY: z
    .string()
    .min(32, "must have at least 32 characters (make one with: openssl rand -hex 32)")
    .optional(),
  /** Encrypts stored credentials; several, separated by commas: the first writes. Absent: credentials.key. */
  CLOUDOPTIMA_CREDENTIALS_KEY: z
    .string()
    .regex(/^\s*[^,\s]{32,}\s*(,\s*[^,\s]{32,}\s*)*$/, {
      error:
        "must hold keys of at least 32 characters, separated by commas (make one with: openssl rand -hex 32)",
    })
    .optional(),
  /** The same keys in Azure Key Vault: the versions of one secret, the newest writes. */
  CLOUDOPTIMA_CREDENTIALS_KEY_VAULT: z
    .string()
    .regex(
      /^https:\/\/[a-z0-9-]{3,24}\.vault\.(azure\.net|usgovcloudapi\.net|azure\.cn)\/secrets\/[a-zA-Z0-9-]{1,127}$/,
      { error: "must be the address of a secret, e.g. https://my-vault.vault.azure.net/secrets/cloudoptima" },
    )
    .optional(),
  /** Cost exports may be read from folders under this directory only. Absent: from none. */
  CLOUDOPTIMA_COST_EXPORTS: z
    .string()
    .refine(isAbsolute, { error: "must be the absolute path of a directory" })
    .optional(),
  CLOUDOPTIMA_REGISTRATION: z
    .enum(["open", "closed"], {
      error: "must be open (anyone may make an organization) or closed (admins invite people)",
    })
    .default("closed"),
  CLOUDOPTIMA_SETUP_LINK: z
    .enum(["0", "1"], { error: "must be 0, or 1 (print a set-up link again: the admin lost the password)" })
    .default("0"),
  /** Reads knowledge by meaning, e.g. "text-embedding-3-small". Absent: it is searched by words. */
  EMBEDDING_MODEL: z.string().trim().min(1).optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("warn"),
});

export interface ToolsSettings extends DatabaseSettings {
  dataDir: string;
  /** Fixed business time; undefined follows the real clock. */
  now: Temporal.Instant | undefined;
  demo: boolean;
  /** Undefined: the data folder's own. */
  auditKey: string | undefined;
  /** Undefined: the data folder's own. */
  sessionKey: string | undefined;
  /** Keys for stored credentials, the writing one first. Undefined: the data folder's own. */
  credentialsKey: string | undefined;
  /** Undefined: credentialsKey or the data folder's own. */
  credentialsKeyVault: string | undefined;
  /** Directory of the folders with cost exports; undefined: none may be read. */
  costExportsDir: string | undefined;
  /** Whether anyone who reaches the product may make an organization of their own. */
  registrationOpen: boolean;
  /** Print a set-up link although an admin has a password. */
  setupLink: boolean;
  /** What reads knowledge by meaning; undefined: it is searched by words. */
  embedding: EmbedderSettings | undefined;
  logLevel: string;
}

/** Reads the environment of tools and db; a wrong value throws one sentence that says how to mend it. */
export function readToolsEnv(environment: NodeJS.ProcessEnv = process.env): ToolsSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = ToolsEnv.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError("invalid_input", `The environment variable ${issue.path.join(".")} ${issue.message}.`);
  }
  const { data } = parsed;
  return {
    ...readDatabase(environment),
    dataDir: resolve(data.CLOUDOPTIMA_DATA_DIR),
    now: data.CLOUDOPTIMA_NOW ? Temporal.Instant.from(data.CLOUDOPTIMA_NOW) : undefined,
    demo: data.CLOUDOPTIMA_DEMO === "1",
    auditKey: data.CLOUDOPTIMA_AUDIT_KEY,
    sessionKey: data.CLOUDOPTIMA_SESSION_KEY,
    credentialsKey: data.CLOUDOPTIMA_CREDENTIALS_KEY,
    credentialsKeyVault: data.CLOUDOPTIMA_CREDENTIALS_KEY_VAULT,
    costExportsDir: data.CLOUDOPTIMA_COST_EXPORTS,
    registrationOpen: data.CLOUDOPTIMA_REGISTRATION === "open",
    setupLink: data.CLOUDOPTIMA_SETUP_LINK === "1",
    embedding: data.EMBEDDING_MODEL
      ? { model: data.EMBEDDING_MODEL, apiKey: data.OPENAI_API_KEY, baseUrl: data.OPENAI_BASE_URL }
      : undefined,
    logLevel: data.LOG_LEVEL,
  };
}

function readDatabase(environment: NodeJS.ProcessEnv): DatabaseSettings {
  try {
    return readDatabaseEnv(environment);
  } catch (error) {
    throw new AppError("invalid_input", (error as Error).message);
  }
}
