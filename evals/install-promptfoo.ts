import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const installed = (name: string) => join(folder, "node_modules", name, "package.json");

/** Installs promptfoo from evals/package-lock.json when it is missing or another version. */
export function installPromptfoo(log: (message: string) => void): void {
  const wanted = manifest(join(folder, "package.json")).dependencies?.promptfoo;
  if (!existsSync(installed("promptfoo")) || manifest(installed("promptfoo")).version !== wanted) {
    log(`installing promptfoo ${wanted} (about 280 MB, once)`);
    // Its optional dependencies are 1.7 GB of model clients and browsers that an offline run never loads.
    // Not `npm ci`: it wants every platform's optional package to be in the registry, and some are withdrawn.
    npm(["install", "--no-save", "--omit=optional", "--ignore-scripts"]);
  }
  // SQLite's native part is optional in npm's sense only: promptfoo does not start without this platform's.
  const binding = bindingOfThisPlatform();
  if (binding && !existsSync(installed(binding.name))) {
    npm([
      "install",
      "--no-save",
      "--omit=optional",
      "--ignore-scripts",
      `${binding.name}@${binding.version}`,
    ]);
  }
}

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}

function bindingOfThisPlatform(): { name: string; version: string } | undefined {
  const candidates = Object.entries(manifest(installed("libsql")).optionalDependencies ?? {});
  const libc = process.platform === "linux" ? (isMusl() ? "musl" : "gnu") : "";
  const found = candidates.find(
    ([name]) => name.includes(`/${process.platform}-${process.arch}`) && name.includes(libc),
  );
  return found && { name: found[0], version: found[1] };
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

function npm(parameters: string[]): void {
  const { status } = spawnSync("npm", [...parameters, "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${parameters[0]} failed in ${folder}.`);
}
