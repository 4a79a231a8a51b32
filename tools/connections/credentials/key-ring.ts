import { hkdfSync } from "node:crypto";
import { AppError } from "../../kernel/errors.ts";
import type { CredentialKey } from "./envelope.ts";

/** The installation's keys for stored credentials: several are read, one writes. */
export interface KeyRing {
  source: "environment" | "file" | "key vault";
  /** The first one writes. */
  keys: readonly [CredentialKey, ...CredentialKey[]];
}

const shortestKey = 32;

/**
 * A ring from secret texts, the writing one first. Bytes and name of a key are derived from the text (HKDF), so
 * that naming a key tells nothing of it and the operator has no names to keep.
 */
export function makeKeyRing(source: KeyRing["source"], texts: readonly string[]): KeyRing {
  const [first, ...others] = texts.map((text) => text.trim()).filter((text) => text !== "");
  if (first === undefined || [first, ...others].some((text) => text.length < shortestKey)) {
    throw new AppError(
      "invalid_input",
      `A key for stored credentials has at least ${shortestKey} characters (from the ${source}).`,
      { hint: "Make one with: openssl rand -hex 32" },
    );
  }
  return { source, keys: [deriveKey(first), ...others.map(deriveKey)] };
}

function deriveKey(text: string): CredentialKey {
  const derive = (purpose: string, length: number) =>
    new Uint8Array(hkdfSync("sha256", text, "", `cloudoptima credentials ${purpose}`, length));
  return { id: Buffer.from(derive("key id", 6)).toString("hex"), bytes: derive("key", 32) };
}
