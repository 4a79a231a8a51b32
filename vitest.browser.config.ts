import { defineConfig } from "vitest/config";

// One test file at a time: each starts the built product and a browser, which is work enough for two cores.
export default defineConfig({
  test: {
    include: ["web/browser/**/*.test.ts"],
    globalSetup: "web/browser/global-setup.ts",
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 20_000,
    expect: { poll: { timeout: 50_000 } },
  },
});
