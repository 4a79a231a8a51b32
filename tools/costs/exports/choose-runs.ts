import type { ExportKind, ExportRun } from "./find-runs.ts";

/** The runs that together are a month's cost, or why there are none. */
export interface MonthlyExport {
  /** First day, YYYY-MM-DD. */
  month: string;
  runs: ExportRun[];
  /** Why the month must not be loaded: said instead of a total that is silently short. */
  problem: string | null;
}

/**
 * Of each export the newest run of each month, newest month first: FOCUS, or actual together with amortized,
 * whichever is newer. Several exports of one scope (month to date, and the last month once more) are one.
 */
export function chooseRuns(runs: readonly ExportRun[]): MonthlyExport[] {
  // An export that writes manifests writes them last: a run of it without one is being written, or broke off.
  const finishing = new Set(runs.filter(({ manifest }) => manifest !== "none").map((run) => run.export));
  const isFinished = (run: ExportRun) =>
    run.manifest === "read" || (run.manifest === "none" && !finishing.has(run.export));
  return [...Map.groupBy(runs, ({ month }) => month)]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, all]) => {
      const halfWritten = all.find(
        (run) =>
          !isFinished(run) &&
          all.every((other) => other.export !== run.export || other.submittedAt <= run.submittedAt),
      );
      const chosen = chooseMonth(newestRuns(all.filter(isFinished)));
      const problem = halfWritten
        ? `run ${halfWritten.id} of ${nameOf(halfWritten)} ${halfWritten.manifest === "none" ? "has no manifest yet" : `is not whole: ${halfWritten.problem}`}`
        : chosen.problem;
      return { month, ...chosen, problem };
    });
}

function newestRuns(runs: readonly ExportRun[]): ExportRun[] {
  const groups = Map.groupBy(runs, (run) =>
    run.scope === null ? `folder ${run.export}` : `${run.kind} of ${run.scope}`,
  );
  return [...groups.values()].map((group) => {
    const [newest] = group.toSorted(
      (a, b) => b.submittedAt.getTime() - a.submittedAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    return newest!;
  });
}

function chooseMonth(newest: readonly ExportRun[]): Omit<MonthlyExport, "month"> {
  const of = (...wanted: (ExportKind | null)[]) => newest.filter(({ kind }) => wanted.includes(kind));
  // One of unknown kind may be FOCUS: its columns tell when it is read.
  const [focus, actual, amortized] = [of("focus", null), of("actual"), of("amortized")];
  const pair = actual.length > 0 && amortized.length > 0 ? [...actual, ...amortized] : [];
  const runs = newestTime(pair) > newestTime(focus) ? pair : focus;
  if (runs.length === 0) {
    const [has, lacks] = actual.length > 0 ? ["actual", "amortized"] : ["amortized", "actual"];
    return { runs, problem: `there is an export of ${has} cost and none of ${lacks} cost` };
  }
  const problems = [
    ...runs
      .filter((run) => run.problem !== null)
      .map((run) => `run ${run.id} of ${nameOf(run)}: ${run.problem}`),
    ...uncovered(
      runs,
      newest.filter((run) => !runs.includes(run)),
    ),
  ];
  return { runs, problem: problems.length > 0 ? problems.join("; ") : null };
}

/**
 * Of two kinds of export the newer takes the older's place: where that one covers something else, its costs would be
 * left out unnoticed. Whose scope nobody tells is taken to cover the same.
 */
function uncovered(chosen: readonly ExportRun[], leftOut: readonly ExportRun[]): string[] {
  const scopes = chosen.map(({ scope }) => scope);
  if (scopes.includes(null)) return [];
  return leftOut
    .filter(
      ({ scope }) => scope !== null && !scopes.some((own) => scope === own || scope.startsWith(`${own}/`)),
    )
    .map(
      (run) =>
        `${nameOf(run)} has the ${run.kind} cost of ${run.scope}, and ${nameOf(chosen[0]!)}, which is newer, is of something else: remove the one that is not wanted, or export both of the same scope`,
    );
}

const newestTime = (runs: readonly ExportRun[]) =>
  Math.max(-1, ...runs.map(({ submittedAt }) => submittedAt.getTime()));

const nameOf = (run: ExportRun) => run.export.split("/").at(-1) || "the export";
