import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Holds PGlite's compiled code for as long as this process lives. V8 shares it between all threads of a process, but
 * drops it with the last that has it: then each suite's database would be compiled and optimized anew, which takes
 * longer than most suites.
 */
export async function keepCompiled(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  compiled ??= readFile(join(folder, "pglite.wasm")).then((bytes) => WebAssembly.compile(bytes));
  await compiled;
}
