import "./require-node.ts";
import { brokenArrows, circles, forbiddenRoads, readImports, straysInEnvironment } from "./arrows.ts";
import { root, run } from "./run.ts";

// Everything about the sources that needs no run of them: format, lint, types, generated files, arrows.
const checks: Record<string, () => Promise<number> | number> = {
  "format and lint": () => run("biome", ["ci", "--colors=off", "."]),
  types: () => run("tsc", ["-p", "."]),
  "types of the web": () => run("tsc", ["-p", "web"]),
  "generated registry": () => run("node", ["tools/scripts/generate-registry.ts", "--check"]),
  "arrows between packages": () => report(brokenArrows(readImports(root))),
  "roads from models to a change": () => report(forbiddenRoads(readImports(root))),
  "circles between files": () => report(circles(readImports(root))),
  "environment in env.ts": () => report(straysInEnvironment(root)),
};

function report(problems: readonly string[]): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const code = await check();
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name}\n`);
  if (code !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
