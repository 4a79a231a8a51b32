import "./require-node.ts";
import { join } from "node:path";
import { run } from "./run.ts";

// The built product as a stranger meets it: starts, questions from other processes, ends.
process.exitCode = await run("vitest", [
  "run",
  "--config",
  join(import.meta.dirname, "smoke", "vitest.config.ts"),
]);
