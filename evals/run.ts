import { join } from "node:path";
import { parseArgs } from "node:util";
import { contosoCases } from "./cases/contoso.ts";
import type { EvalCase } from "./cases/eval-case.ts";
import { sunbirdMore } from "./cases/sunbird-more.ts";
import { sunbirdNewcomers } from "./cases/sunbird-newcomers.ts";
import { sunbirdSpend } from "./cases/sunbird-spend.ts";
import { sunbirdStrangers } from "./cases/sunbird-strangers.ts";
import type { TruthRow } from "./checks/check-truth.ts";
import { judge } from "./checks/judge.ts";
import { installPromptfoo } from "./install-promptfoo.ts";
import { plantDone } from "./plant-done.ts";
import { readPlanted } from "./planted.ts";
import { type EvalTest, runPromptfoo } from "./run-promptfoo.ts";
import { passShare, report, score } from "./score.ts";
import { openFocusTruth, openRawTruth, type TruthSource } from "./truth.ts";
import { converse, createWorld } from "./world.ts";

/** Fewer questions than this prove nothing; a filter that matches nothing must not pass. */
const fewestTests = 80;
const focusFile = join(import.meta.dirname, "..", "data", "focus", "focus_sample_1000.csv");
const log = (message: string) => process.stderr.write(`${message}\n`);

interface Asked {
  organization: "SunBird" | "Contoso";
  question: EvalCase;
  truth: TruthRow[] | null;
}

async function withTruth(
  organization: Asked["organization"],
  cases: readonly EvalCase[],
  source: TruthSource,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  try {
    for (const question of cases.filter((one) => asks.test(one.question))) {
      asked.push({
        organization,
        question,
        truth: question.truth ? await source.rows(question.truth) : null,
      });
    }
  } finally {
    await source.close();
  }
  return asked;
}

installPromptfoo(log);
const { values } = parseArgs({
  options: {
    "data-folder": { type: "string" },
    /** Words of the questions to ask, as a regular expression: for who writes them. All count otherwise. */
    match: { type: "string" },
  },
});
const asks = new RegExp(values.match ?? "", "i");
const fewest = values.match === undefined ? fewestTests : 1;
const world = await createWorld(values["data-folder"]);
try {
  log("loading the demo organizations");
  await (await world.open(log)).close();
  await plantDone(world.dataDir, "Contoso");
  const asked = [
    ...(await withTruth(
      "SunBird",
      [...sunbirdSpend, ...sunbirdMore, ...sunbirdStrangers, ...sunbirdNewcomers],
      await openFocusTruth(focusFile),
    )),
    ...(await withTruth(
      "Contoso",
      contosoCases,
      await openRawTruth(world.dataDir, "Contoso", await readPlanted()),
    )),
  ];

  const service = await world.open(log);
  try {
    const actors = {
      SunBird: await service.localActor("local", "SunBird"),
      Contoso: await service.localActor("local", "Contoso"),
    };
    const tests = asked.map(
      ({ organization, question, truth }): EvalTest => ({
        organization,
        family: question.family,
        question: [...(question.before ?? []), question.question].join(" → "),
        answer: () =>
          converse(service, actors[organization], [...(question.before ?? []), question.question]),
        judge: (answer) => judge(question, answer, truth),
      }),
    );
    log(`asking ${tests.length} questions`);
    const outcomes = await runPromptfoo(tests);
    process.stdout.write(report(outcomes));
    const { passed, total } = score(outcomes);
    if (total !== tests.length || total < fewest) {
      log(`Only ${total} of ${tests.length} questions ran; at least ${fewest} must.`);
      process.exitCode = 1;
    } else if (passed / total < passShare) {
      log(`Under ${passShare * 100} % right.`);
      process.exitCode = 1;
    }
  } finally {
    await service.close();
  }
} finally {
  await world.remove();
}
// promptfoo keeps timers of its own.
process.exit();
