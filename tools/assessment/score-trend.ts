import type { readScoreTrend } from "@cloudoptima/db/queries/assessments.ts";
import { pillars } from "./pillars.ts";
import { overallPercent, scorePercent } from "./score.ts";

type TrendRow = Awaited<ReturnType<typeof readScoreTrend>>[number];

/** One point a day from the rows of its last run, oldest first; only the pillars that are asked for. */
export function scoreTrend(rows: readonly TrendRow[], wanted: ReadonlySet<string>) {
  return [...Map.groupBy(rows, ({ runId }) => runId).values()].map((own) => {
    const scores = pillars
      .filter((pillar) => wanted.has(pillar))
      .map((pillar) => {
        const row = own.find((one) => one.pillar === pillar);
        return { pillar, scorePercent: row ? scorePercent(row) : null };
      });
    return {
      day: own[0]!.ranAt.toISOString().slice(0, 10),
      overallScorePercent: overallPercent(scores.map(({ scorePercent }) => scorePercent)),
      pillars: scores,
    };
  });
}
