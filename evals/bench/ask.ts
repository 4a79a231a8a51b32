import { collectAnswer } from "@cloudoptima/agent/collect-answer.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { Bench } from "./bench.ts";
import { openBenchWorld } from "./bench-world.ts";
import { questions } from "./questions.ts";
import { measured } from "./result.ts";

const rows = 100_000;
const rounds = 3;

/** Question to proven answer in one process: the built-in analyst over the embedded database. */
const bench: Bench = {
  name: "ask",
  description: "built-in analyst, 100,000 cost rows, embedded database",
  async run(log) {
    const world = await openBenchWorld();
    try {
      log(`importing ${rows} rows`);
      await world.importFile(await world.generate(rows));
      const model = selectModel({ MODEL: "analyst" });
      const samples: number[] = [];
      // The first round warms the process up and is not counted: a person's first question is bench "start".
      for (let round = 0; round <= rounds; round++) {
        for (const message of questions) {
          const started = performance.now();
          const answer = await collectAnswer(
            reply({
              service: world.service,
              actor: world.actor,
              model,
              conversationId: null,
              message,
              source: "terminal",
            }),
          );
          const elapsedMs = performance.now() - started;
          if (answer.figures.length === 0 && round === 0) log(`no figure for: ${message}`);
          if (round > 0) samples.push(elapsedMs);
        }
        log(`round ${round} of ${rounds} done`);
      }
      return [
        measured(
          { metric: "question to answer", unit: "ms", limit: 300, better: "lower", judge: "median" },
          samples,
        ),
      ];
    } finally {
      await world.close();
    }
  },
};
export default bench;
