import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.ts";

// Each worker and each process that a test starts loads the same files: compiled once, all of them have it.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules", ".cache", "compiled");

export default defineConfig({
  test: {
    include: ["{db,tools,agent,mcp-server,bots,web,evals,scripts}/**/*.test.{ts,tsx}"],
    // The browser tests need the built web and run last, by scripts/test.ts.
    exclude: ["**/node_modules/**", "**/.next/**", "web/browser/**"],
    globalSetup: "db/testing/global-setup.ts",
    pool: "forks",
    maxWorkers: 2,
    // A process loads the product once, not once per file: no file changes a module's state for the next one.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Generous for two busy cores: a test that hangs still ends, and none passes by being slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // What is waited for comes when a busy machine has come to it; one second is Vitest's patience, not ours.
    expect: { poll: { timeout: 50_000 } },
  },
});
