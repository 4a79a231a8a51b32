import "./require-node.ts";
import { globSync } from "node:fs";
import { root, run } from "./run.ts";

// Unit and database tests (both engines) first; the browser tests need the built pages and run last, alone.
const only = process.argv.slice(2);
let code = await run("vitest", ["run", ...only]);

const browserTests = globSync("web/browser/**/*.test.ts", { cwd: root });
if (code === 0 && only.length === 0 && browserTests.length > 0) {
  code = await run("vitest", ["run", "--config", "vitest.browser.config.ts"]);
}
process.exitCode = code;
