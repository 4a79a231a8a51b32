import { addKeyToFile, keyFileOf } from "@cloudoptima/tools/connections/credentials/key-file.ts";
import { readToolsEnv } from "@cloudoptima/tools/env.ts";
import { plainText } from "@cloudoptima/tools/kernel/plain-text.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { exitCodes } from "../exit-codes.ts";
import { call, operator, type Terminal } from "../terminal.ts";

interface Reencrypted {
  reencryptedCount: number;
  unchangedCount: number;
  failures: { connectionName: string; message: string; hint: string | null }[];
}

/**
 * Rotates the key of stored credentials: a new key in the data folder's file (the environment's keys are the
 * operator's to change), then every organization's credentials under the writing key. The running product reads
 * the new key by itself; former keys stay readable until the operator removes them.
 */
export async function rotateCredentials(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const { credentialsKey, credentialsKeyVault, dataDir } = readToolsEnv();
  const service = await terminal.service();
  const inFile = credentialsKey === undefined && credentialsKeyVault === undefined;
  if (inFile) addKeyToFile(keyFileOf(dataDir));
  const organizations: (Reencrypted & { organization: string })[] = [];
  for (const { name } of await service.organizations()) {
    const { output } = await call(terminal, await operator(terminal, name), "reencrypt_credentials", {});
    organizations.push({ organization: name, ...(output as unknown as Reencrypted) });
  }
  const failed = organizations.some(({ failures }) => failures.length > 0);
  terminal.print(
    options.json
      ? `${spelledJson({ key: inFile ? "made in the data folder" : "the newest of the operator's", organizations }, 2)}\n`
      : plainText(`${[...organizations.flatMap(describe), nextStep(inFile, dataDir, failed)].join("\n")}\n`),
  );
  if (failed) terminal.endWith(exitCodes.failed);
}

function describe({
  organization,
  reencryptedCount,
  unchangedCount,
  failures,
}: Reencrypted & { organization: string }) {
  return [
    `${organization}: ${reencryptedCount} encrypted anew, ${unchangedCount} were already`,
    ...failures.map(
      ({ connectionName, message, hint }) => `  failed: ${connectionName}: ${message} ${hint ?? ""}`,
    ),
  ];
}

function nextStep(inFile: boolean, dataDir: string, failed: boolean): string {
  if (failed) return "The former keys are still needed; keep them.";
  return inFile
    ? `A new key writes. The former ones are the later lines of ${keyFileOf(dataDir)}: remove them once no backup needs them.`
    : "All credentials are under the key that writes (the first of CLOUDOPTIMA_CREDENTIALS_KEY, the newest in the key vault): the others can go once no backup needs them.";
}
