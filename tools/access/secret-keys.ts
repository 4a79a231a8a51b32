import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SecretKeys {
  /** Signs the browser session's cookie. */
  cookie: string;
  /** Signs access tokens. */
  token: Uint8Array;
}

/**
 * Keys of one purpose each, derived (HKDF) from the installation's secret: the environment's, which several hosts
 * of one database share, or a file of the data folder that only this user may read.
 */
export function loadSecretKeys(settings: { sessionKey: string | undefined; dataDir: string }): SecretKeys {
  const secret = settings.sessionKey ?? readOrMake(join(settings.dataDir, "session.key"));
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync("sha256", secret, "", `cloudoptima ${purpose}`, 32));
  return { cookie: Buffer.from(derive("cookie")).toString("base64"), token: derive("access token") };
}

function readOrMake(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process of this folder made it in between: then its key counts.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return new Uint8Array(readFileSync(file));
}
