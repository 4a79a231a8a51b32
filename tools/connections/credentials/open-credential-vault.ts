import { readAzureEnv } from "../../clouds/env.ts";
import { type CredentialVault, createCredentialVault } from "./credential-vault.ts";
import { keyFileOf, readOrMakeKeyFile } from "./key-file.ts";
import { type KeyRing, makeKeyRing } from "./key-ring.ts";

export interface CredentialKeySettings {
  /** Keys of the environment, separated by commas, the writing one first. Undefined: the data folder's own file. */
  credentialsKey: string | undefined;
  /** Address of an Azure Key Vault secret that holds the keys instead; read as the host's own identity. */
  credentialsKeyVault?: string | undefined;
  dataDir: string;
}

/**
 * The vault of this installation: keys of Azure Key Vault or of the environment, which several hosts share, else of
 * the data folder.
 */
export function openCredentialVault(settings: CredentialKeySettings): CredentialVault {
  const { credentialsKey, credentialsKeyVault } = settings;
  if (credentialsKeyVault !== undefined) {
    let reading: Promise<() => Promise<KeyRing>> | undefined;
    return createCredentialVault(async () => {
      reading ??= openKeyVault(credentialsKeyVault);
      return (await reading)();
    });
  }
  if (credentialsKey !== undefined) {
    const ring = makeKeyRing("environment", credentialsKey.split(","));
    return createCredentialVault(() => ring);
  }
  return createCredentialVault(() => readFileRing(settings.dataDir));
}

async function openKeyVault(secretUrl: string): Promise<() => Promise<KeyRing>> {
  const [{ readKeyVaultRing }, { azureCredential }] = await Promise.all([
    import("./key-vault.ts"),
    import("../../clouds/azure/credential.ts"),
  ]);
  return readKeyVaultRing({ secretUrl, credential: await azureCredential(readAzureEnv()) });
}

function readFileRing(dataDir: string): KeyRing {
  return makeKeyRing("file", readOrMakeKeyFile(keyFileOf(dataDir)));
}
