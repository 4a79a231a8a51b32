import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { root } from "./run.ts";

const shown = 30;

/** Prints the files that took longest and their slowest test, in seconds; see CONTRIBUTING.md. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.map((module) => {
      const tests = [...module.children.allTests()].toSorted((left, right) => timeOf(right) - timeOf(left));
      return { module, ms: module.diagnostic().duration, slowest: tests[0] };
    });
    for (const { module, ms, slowest } of rows
      .toSorted((left, right) => right.ms - left.ms)
      .slice(0, shown)) {
      const file = `${seconds(ms)}  ${relative(root, module.moduleId)}`;
      process.stdout.write(
        slowest ? `${file}  (${seconds(timeOf(slowest))} ${slowest.name})\n` : `${file}\n`,
      );
    }
  }
}

const timeOf = (test: { diagnostic(): { duration: number } | undefined }) => test.diagnostic()?.duration ?? 0;
const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(6);
