import { defineConfig } from "vitest/config";

// What a stranger does with the built product, as real processes: one file at a time, each test after the other.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.smoke.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 20_000,
  },
});
