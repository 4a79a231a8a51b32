import type { Bench } from "./bench.ts";
import { commitOfCheckout, describeMachine } from "./machine.ts";

const benches: Record<string, () => Promise<{ default: Bench }>> = {
  start: () => import("./start.ts"),
  ask: () => import("./ask.ts"),
  import: () => import("./import.ts"),
  costs: () => import("./costs.ts"),
  queries: () => import("./queries.ts"),
  inventory: () => import("./inventory.ts"),
  scan: () => import("./scan.ts"),
  analyze: () => import("./analyze.ts"),
  approve: () => import("./approve.ts"),
};

const [name = ""] = process.argv.slice(2);
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!load) {
  process.stderr.write(`Which benchmark? npm run bench -- ${Object.keys(benches).join(" | ")}\n`);
  process.exit(2);
}

const { default: bench } = await load();
const results = await bench.run((message) => process.stderr.write(`${message}\n`));
const report = { name: bench.name, commit: commitOfCheckout(), machine: describeMachine(), results };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = results.every((result) => result.pass) ? 0 : 1;
