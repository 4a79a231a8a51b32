import type { TokenCredential } from "@azure/core-auth";
import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import { type KeyRing, makeKeyRing } from "./key-ring.ts";

export interface KeyVaultSettings {
  /** https://NAME.vault.azure.net/secrets/SECRET, from the operator's environment. */
  secretUrl: string;
  credential: TokenCredential;
  fetch?: typeof fetch;
  /** The real clock, in milliseconds. */
  now?: () => number;
}

const apiVersion = "7.4";
/** A new version counts after this at the latest. */
const keptMs = 5 * 60_000;
/** Former versions that are still read. */
const mostVersions = 10;
const timeoutMs = 20_000;

const Versions = z.object({
  value: z.array(
    z.object({ id: z.url(), attributes: z.object({ enabled: z.boolean(), created: z.number() }) }),
  ),
  nextLink: z.string().nullish(),
});
const Secret = z.object({ value: z.string() });

/**
 * Keys from an Azure Key Vault secret: its newest enabled version writes, older enabled ones are read. The ring is
 * kept for some minutes, so that a vault that is away for a moment stops nothing.
 */
export function readKeyVaultRing(settings: KeyVaultSettings): () => Promise<KeyRing> {
  const { now = Date.now } = settings;
  let kept: { ring: Promise<KeyRing>; until: number } | undefined;
  return () => {
    if (kept && now() < kept.until) return kept.ring;
    const former = kept?.ring;
    const read = readVersions(settings);
    // Without an answer now the former keys go on; without any there is nothing to go on with.
    const ring = former ? read.catch(() => former) : read;
    const reading = { ring, until: now() + keptMs };
    kept = reading;
    read.catch(() => {
      if (kept === reading) kept = former ? { ring: former, until: 0 } : undefined;
    });
    return ring;
  };
}

async function readVersions(settings: KeyVaultSettings): Promise<KeyRing> {
  const { secretUrl } = settings;
  const found: z.infer<typeof Versions>["value"] = [];
  let next: string | null | undefined = `${secretUrl}/versions?api-version=${apiVersion}`;
  while (next) {
    const page: z.infer<typeof Versions> = Versions.parse(await get(settings, next));
    found.push(...page.value);
    next = page.nextLink;
  }
  const versions = found
    .filter(({ attributes }) => attributes.enabled)
    .sort((one, other) => other.attributes.created - one.attributes.created)
    .slice(0, mostVersions);
  const texts: string[] = [];
  for (const { id } of versions) {
    texts.push(Secret.parse(await get(settings, `${id}?api-version=${apiVersion}`)).value);
  }
  return makeKeyRing("key vault", texts);
}

/** One GET that never leaves the vault's own origin. */
async function get(
  { secretUrl, credential, fetch: send = fetch }: KeyVaultSettings,
  url: string,
): Promise<unknown> {
  const { origin, hostname } = new URL(secretUrl);
  if (new URL(url).origin !== origin) throw unavailable("its answer pointed to another server");
  // myvault.vault.azure.net signs in for https://vault.azure.net; the other clouds alike.
  const audience = `https://${hostname.split(".").slice(1).join(".")}`;
  try {
    const token = await credential.getToken(`${audience}/.default`);
    const response = await send(url, {
      headers: { authorization: `Bearer ${token?.token ?? ""}`, accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw unavailable(`it answered HTTP ${response.status}`);
    return await response.json();
  } catch (error) {
    throw error instanceof AppError ? error : unavailable("it did not answer", error);
  }
}

function unavailable(why: string, cause?: unknown): AppError {
  return new AppError("unavailable", `The key vault of stored credentials cannot be read: ${why}.`, {
    hint: "Check CLOUDOPTIMA_CREDENTIALS_KEY_VAULT, and that the host's identity has the role Key Vault Secrets User there.",
    cause,
  });
}
