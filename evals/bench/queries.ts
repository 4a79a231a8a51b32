import { collectAnswer } from "@cloudoptima/agent/collect-answer.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { Bench } from "./bench.ts";
import { openBenchWorld } from "./bench-world.ts";
import { questions } from "./questions.ts";
import { measured } from "./result.ts";
import { recordStatementTimes, type StatementTime } from "./statement-times.ts";

const rows = 500_000;
const rounds = 3;
const limitMs = 250;

/** The slowest statement behind each answer, on the embedded database. The first round is cold and counts too. */
const bench: Bench = {
  name: "queries",
  description: "every statement that an answer needs, 500,000 cost rows, embedded database",
  async run(log) {
    const statements = recordStatementTimes();
    const world = await openBenchWorld();
    try {
      log(`importing ${rows} rows`);
      await world.importFile(await world.generate(rows));
      const model = selectModel({ MODEL: "analyst" });
      const slowest = new Map<string, number[]>();
      for (let round = 0; round < rounds; round++) {
        for (const message of questions) {
          statements.take();
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
          const worst = slowestOf(statements.take());
          if (worst.elapsedMs > limitMs)
            log(`${worst.elapsedMs.toFixed(0)} ms for "${message}": ${worst.text}`);
          if (round === 0 && answer.figures.length === 0) log(`no figure for: ${message}`);
          slowest.set(message, [...(slowest.get(message) ?? []), worst.elapsedMs]);
        }
      }
      return [...slowest].map(([message, samples]) =>
        measured(
          {
            metric: `slowest statement of: ${message}`,
            unit: "ms",
            limit: limitMs,
            better: "lower",
            judge: "worst",
          },
          samples,
        ),
      );
    } finally {
      await world.close();
    }
  },
};
export default bench;

function slowestOf(times: readonly StatementTime[]): StatementTime {
  return times.reduce((worst, time) => (time.elapsedMs > worst.elapsedMs ? time : worst), {
    text: "",
    elapsedMs: 0,
  });
}
