import type { PillarScore } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import type { Pillar } from "@cloudoptima/tools/assessment/pillars.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";

/** The five pillars, each with its score, what the data can tell of it, and what changed; a press filters by it. */
export function PillarScores({
  scores,
  picked,
  stale,
  onPick,
}: {
  scores: readonly PillarScore[];
  picked: Pillar | "";
  stale: boolean;
  onPick(pillar: Pillar | ""): void;
}) {
  return (
    <ul
      aria-label="Pillars"
      className={cn(
        "grid grid-cols-2 gap-2 transition-opacity sm:gap-3 lg:grid-cols-5",
        stale && "opacity-50",
      )}
    >
      {scores.map((score) => (
        <li key={score.pillar}>
          <button
            type="button"
            aria-pressed={picked === score.pillar}
            onClick={() => onPick(picked === score.pillar ? "" : score.pillar)}
            className={cn(
              "flex h-full w-full flex-col rounded-lg border bg-surface p-3 text-left sm:p-4 transition-colors hover:border-border-strong",
              picked === score.pillar && "border-accent-line bg-accent-soft hover:border-accent-line",
            )}
          >
            <span className="text-muted text-sm">{score.label}</span>
            <span className="mt-1 flex items-baseline gap-2 tabular-nums">
              <span className="font-semibold text-2xl tracking-[-0.02em]">
                {score.scorePercent === null ? "–" : `${score.scorePercent} %`}
              </span>
              <ScoreChange now={score.scorePercent} before={score.previousScorePercent} />
            </span>
            <ScoreBar percent={score.scorePercent} />
            <span className="mt-2 text-muted text-xs tabular-nums">
              {formatCount(score.failedCount)} failed, {formatCount(score.passedCount)} passed
            </span>
            <span className="text-muted text-xs tabular-nums">
              {score.coveragePercent === null ? "nothing applies" : `${score.coveragePercent} % known`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A bar from 0 to 100 percent; empty where nothing is known. */
function ScoreBar({ percent }: { percent: string | null }) {
  return (
    <span aria-hidden className="mt-2 block h-1.5 w-full overflow-hidden rounded-full bg-selected">
      <span
        className="block h-full rounded-full bg-(--chart-1)"
        style={{ width: `${Number(percent ?? 0)}%` }}
      />
    </span>
  );
}

/** By how many points a score rose or fell since the run before. */
function ScoreChange({ now, before }: { now: string | null; before: string | null }) {
  if (now === null || before === null) return null;
  const points = Math.round((Number(now) - Number(before)) * 10) / 10;
  if (points === 0) return <span className="text-muted text-xs">unchanged</span>;
  return (
    <span className={cn("whitespace-nowrap text-xs", points > 0 ? "text-better" : "text-worse")}>
      {points > 0 ? "▲" : "▼"} {Math.abs(points).toFixed(1)} points
    </span>
  );
}
