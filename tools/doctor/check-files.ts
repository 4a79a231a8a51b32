import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

/** Below these the next import or scan may fill the disk. */
const freeBytes = { warn: 2_000_000_000, fail: 200_000_000 };
const secretFile = /\.key$|^owner\.json$/;

/** Disk space, rights of the data folder, and whether its secrets are for this user alone. */
export function checkFiles(dataDir: string): Finding[] {
  if (!existsSync(dataDir)) {
    return [
      {
        area: "files",
        state: "warn",
        says: `${dataDir} is not there yet`,
        means: "The first start makes it.",
        advice: "Start once, or name another folder in CLOUDOPTIMA_DATA_DIR.",
      },
    ];
  }
  return [checkDisk(dataDir), checkFolder(dataDir), checkSecrets(dataDir)];
}

function checkDisk(dataDir: string): Finding {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const state = free < freeBytes.fail ? "fail" : free < freeBytes.warn ? "warn" : "ok";
  return {
    area: "disk",
    state,
    says: `${(free / 1e9).toLocaleString("en-US", { maximumFractionDigits: 1 })} GB free for ${dataDir}`,
    means:
      state === "ok" ? "Enough for data and imports." : "A scan or an import may fill the disk and stop.",
    advice: state === "ok" ? null : "Make room, or move the folder with CLOUDOPTIMA_DATA_DIR.",
  };
}

function checkFolder(dataDir: string): Finding {
  const mode = statSync(dataDir).mode & 0o777;
  const shown = mode.toString(8).padStart(3, "0");
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return {
      area: "files",
      state: "fail",
      says: `${dataDir} may not be written (mode ${shown})`,
      means: "Nothing can be kept: the product does not start.",
      advice: "Give the folder to the user that runs CloudOptima.",
    };
  }
  const open = mode & 0o077;
  return {
    area: "files",
    state: open ? "warn" : "ok",
    says: `${dataDir}, mode ${shown}`,
    means: open
      ? "Other users of this machine can look into the data folder."
      : "The data folder is this user's alone.",
    advice: open ? `chmod 700 ${dataDir}` : null,
  };
}

function checkSecrets(dataDir: string): Finding {
  const secrets = readdirSync(dataDir).filter((name) => secretFile.test(name));
  const open = secrets.filter((name) => statSync(join(dataDir, name)).mode & 0o077);
  if (open.length > 0) {
    return {
      area: "files",
      state: "fail",
      says: `readable by others: ${open.join(", ")}`,
      means: "Who reads these keys can read credentials, sign in as anybody, or forge the audit log.",
      advice: `chmod 600 ${open.map((name) => join(dataDir, name)).join(" ")}, and make new keys if others use this machine.`,
    };
  }
  return {
    area: "files",
    state: "ok",
    says: secrets.length === 0 ? "no keys yet" : `${secrets.sort().join(", ")}: mode 600`,
    means: "The keys in the data folder are this user's alone. Back them up with the data.",
    advice: null,
  };
}
