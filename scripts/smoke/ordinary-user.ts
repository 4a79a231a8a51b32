import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "../run.ts";

/** Whom the product runs as, and from where: never the folder it is installed in. */
export interface OrdinaryUser {
  /** Left out where this process is no root already. */
  ids: { uid: number; gid: number } | undefined;
  /** Why it must stay root here; undefined when it does not. */
  impossible: string | undefined;
  /** A folder that is this user's own: home, working folder, and room for data folders. */
  home: string;
  /** This process's environment without what belongs to the npm or the test run around it. */
  env: NodeJS.ProcessEnv;
}

/** Root gives its rights away to `nobody`; anybody else stays who they are. */
export function ordinaryUser(): OrdinaryUser {
  const home = mkdtempSync(join(tmpdir(), "co-smoke-"));
  const env = strangersEnvironment(home);
  if (process.getuid?.() !== 0) return { ids: undefined, impossible: undefined, home, env };

  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  const ids = { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) };
  // Installed under /root, or with an npm that only root may read, there is nothing that nobody could start.
  const trial = spawnSync("npm", ["--prefix", root, "pkg", "get", "name"], { ...ids, cwd: "/", env });
  if (trial.status !== 0) {
    const impossible = `the user nobody cannot run npm on ${root}: ${trial.stderr ?? trial.error}`;
    return { ids: undefined, impossible, home, env };
  }
  chownSync(home, ids.uid, ids.gid);
  return { ids, impossible: undefined, home, env };
}

function strangersEnvironment(home: string): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_|OPENAI_|AZURE_|CLOUDOPTIMA_|VITEST|NODE_ENV$|NODE_OPTIONS$|MODEL$|DATABASE_URL$|PORT$|HOST$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const folders = (process.env.PATH ?? "").split(delimiter);
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    // A stranger has the Node of the machine, not ours.
    PATH: folders.filter((folder) => !folder.startsWith(join(root, "node_modules"))).join(delimiter),
    CLOUDOPTIMA_NOW: "2026-11-01T09:00:00Z",
    LOG_LEVEL: "warn",
  };
}
