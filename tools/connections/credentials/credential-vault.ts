import { z } from "zod";
import type { AzureCloudName } from "../../clouds/azure/azure-clouds.ts";
import { AppError } from "../../kernel/errors.ts";
import { keyIdOf, openSecret, type SecretOwner, sealSecret } from "./envelope.ts";
import type { KeyRing } from "./key-ring.ts";

const StoredPrincipal = z.strictObject({
  azureCloud: z.enum(["AzureCloud", "AzureUSGovernment", "AzureChinaCloud"] satisfies AzureCloudName[]),
  tenantId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
});
/** A service principal, with the cloud that it is for: the secret is sent nowhere else. */
export type StoredPrincipal = z.infer<typeof StoredPrincipal>;

/** Keeps the secrets of connections: encrypted in the database, in the clear only while a client is opened. */
export interface CredentialVault {
  seal(owner: SecretOwner, principal: StoredPrincipal): Promise<string>;
  open(owner: SecretOwner, envelope: string): Promise<StoredPrincipal>;
  /** The same secret under the key that writes now; null when it is under that key already. */
  reseal(owner: SecretOwner, envelope: string): Promise<string | null>;
  /** Where the keys are and how they are named; never a key. */
  describe(): Promise<{ source: KeyRing["source"]; keyIds: string[] }>;
}

/** The ring is asked for at each use, so that a new key counts at once and without a restart. */
export function createCredentialVault(readRing: () => KeyRing | Promise<KeyRing>): CredentialVault {
  async function decrypt(owner: SecretOwner, envelope: string): Promise<string> {
    const { keys, source } = await readRing();
    const id = keyIdOf(envelope);
    const key = keys.find((candidate) => candidate.id === id);
    if (key) return openSecret(key, owner, envelope);
    throw new AppError(
      "unavailable",
      "The credentials of this connection are encrypted with a key that this installation does not have.",
      {
        hint: "Give the former key back in CLOUDOPTIMA_CREDENTIALS_KEY (after the new one and a comma), or enter the client secret anew.",
        details: { neededKey: id, knownKeys: keys.map((candidate) => candidate.id), source },
      },
    );
  }

  return {
    async seal(owner, principal) {
      return sealSecret((await readRing()).keys[0], owner, JSON.stringify(StoredPrincipal.parse(principal)));
    },
    async open(owner, envelope) {
      return StoredPrincipal.parse(JSON.parse(await decrypt(owner, envelope)));
    },
    async reseal(owner, envelope) {
      const [writing] = (await readRing()).keys;
      if (keyIdOf(envelope) === writing.id) return null;
      return sealSecret(writing, owner, await decrypt(owner, envelope));
    },
    async describe() {
      const { source, keys } = await readRing();
      return { source, keyIds: keys.map(({ id }) => id) };
    },
  };
}
