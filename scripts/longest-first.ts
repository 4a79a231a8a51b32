import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes seconds: a database of its own, a cloud, another process. */
const heavy =
  /describe(Each|One)Engine|openEmbedded|createServerDatabase|startSandbox|spawn|startServiceProcess/;

/**
 * Orders files as Vitest does (what took longest the last time, or else the largest), but the pure ones last: they
 * are over at once and fill what one worker would wait for the other's last heavy file.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isHeavy = new Map(
      sorted.map((file) => [file, heavy.test(readFileSync(file.moduleId, "utf8"))] as const),
    );
    return [...sorted.filter((file) => isHeavy.get(file)), ...sorted.filter((file) => !isHeavy.get(file))];
  }
}
