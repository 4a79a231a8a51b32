import { type CredentialVault, createCredentialVault } from "./credential-vault.ts";
import { keyFileOf, readOrMakeKeyFile } from "./key-file.ts";
import { type KeyRing, makeKeyRing } from "./key-ring.ts";

export interface CredentialKeySettings {
  /** Keys of the environment, separated by commas, the writing one first. Undefined: the data folder's own file. */
  credentialsKey: string | undefined;
  dataDir: string;
}

/** The vault of this installation: keys of the environment, which several hosts share, else of the data folder. */
export function openCredentialVault(settings: CredentialKeySettings): CredentialVault {
  const { credentialsKey } = settings;
  if (credentialsKey !== undefined) {
    const ring = makeKeyRing("environment", credentialsKey.split(","));
    return createCredentialVault(() => ring);
  }
  return createCredentialVault(() => readFileRing(settings.dataDir));
}

function readFileRing(dataDir: string): KeyRing {
  return makeKeyRing("file", readOrMakeKeyFile(keyFileOf(dataDir)));
}
