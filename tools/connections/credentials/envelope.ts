import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "../../kernel/errors.ts";

const version = "v1";
const nonceBytes = 12;
const tagBytes = 16;

/** A key of 32 bytes and the name by which envelopes say which one they need. */
export interface CredentialKey {
  id: string;
  bytes: Uint8Array;
}

/** Whose secret it is; bound into the envelope, so that it opens nowhere else. */
export interface SecretOwner {
  organizationId: string;
  connectionId: string;
}

/** Encrypts with AES-256-GCM under a nonce of its own: `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url. */
export function sealSecret(key: CredentialKey, owner: SecretOwner, plain: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(binding(key.id, owner));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return [version, key.id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Which key opens an envelope; null when the text is no envelope of ours. */
export function keyIdOf(envelope: string): string | null {
  const parts = envelope.split(".");
  return parts.length === 4 && parts[0] === version ? parts[1]! : null;
}

/** Decrypts; throws when it was changed, or belongs to another connection, organization or key. */
export function openSecret(key: CredentialKey, owner: SecretOwner, envelope: string): string {
  const [, , nonce = "", sealed = ""] = envelope.split(".");
  const bytes = Buffer.from(sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(nonce, "base64url"), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(binding(key.id, owner)).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "The stored credentials of this connection were changed or are not its own.",
      {
        hint: "Enter the client secret of the connection anew.",
        cause,
      },
    );
  }
}

function binding(keyId: string, { organizationId, connectionId }: SecretOwner): Buffer {
  return Buffer.from(
    [
      "cloudoptima credentials",
      version,
      keyId,
      organizationId.toLowerCase(),
      connectionId.toLowerCase(),
    ].join("\n"),
  );
}
