import type { View } from "../kernel/view.ts";
import type { AssessmentOutput } from "./assessment-shapes.ts";
import type { CheckExplanation } from "./explain-check.tool.ts";

/** The scores as a table, then what fails. */
export function assessmentViews(output: AssessmentOutput): View[] {
  // Of one resource there is no score: what fails is all.
  if (output.pillars.length === 0) return failingCheckViews(output);
  if (output.ranAt === null || output.pillars.every(({ scorePercent }) => scorePercent === null)) return [];
  const scores: View = {
    type: "table",
    title: output.scope ? `Well-Architected scores: ${output.scope}` : "Well-Architected scores",
    columns: [
      { key: "pillar", label: "Pillar", format: "text" },
      { key: "score", label: "Score", format: "percent" },
      { key: "coverage", label: "Coverage", format: "percent" },
      { key: "passed", label: "Passed", format: "count" },
      { key: "failed", label: "Failed", format: "count" },
      { key: "unknown", label: "Unknown", format: "count" },
    ],
    rows: output.pillars.map((one) => ({
      pillar: one.label,
      score: one.scorePercent,
      coverage: one.coveragePercent,
      passed: one.passedCount,
      failed: one.failedCount,
      unknown: one.unknownCount,
    })),
    note: "Score: passed / (passed + failed), by severity. Coverage: the share that the data can tell.",
  };
  return [...placeScoreViews(output), scores, ...failingCheckViews(output)];
}

/** The worst places first. */
export function placeScoreViews({ places }: AssessmentOutput): View[] {
  if (places.length === 0) return [];
  return [
    {
      type: "table",
      title: "Scores by place, worst first",
      columns: [
        { key: "place", label: "Place", format: "text" },
        { key: "score", label: "Score", format: "percent" },
        { key: "coverage", label: "Coverage", format: "percent" },
        { key: "failed", label: "Failed", format: "count" },
      ],
      rows: places.slice(0, 20).map((place) => ({
        place: place.label,
        score: place.overallScorePercent,
        coverage: place.coveragePercent,
        failed: place.failedCount,
      })),
      ...(places.length > 20 ? { note: `20 of ${places.length}` } : {}),
    },
  ];
}

/** What fails, without the scores. */
export function failingCheckViews({ checks, failingCheckCount }: AssessmentOutput): View[] {
  if (checks.length === 0) return [];
  return [
    {
      type: "table",
      title: "Failing checks, severest first",
      columns: [
        { key: "check", label: "Check", format: "text" },
        { key: "question", label: "Question", format: "text" },
        { key: "severity", label: "Severity", format: "text" },
        { key: "failed", label: "Failed", format: "count" },
        { key: "passed", label: "Passed", format: "count" },
      ],
      rows: checks.map((check) => ({
        check: check.checkId,
        question: check.question,
        severity: check.severity,
        failed: check.failedCount,
        passed: check.passedCount,
      })),
      ...(failingCheckCount > checks.length
        ? { note: `${checks.length} of ${failingCheckCount} checks` }
        : {}),
    },
  ];
}

/** The resources that fail a check, with what it saw of them. */
export function explanationViews(output: CheckExplanation): View[] {
  if (output.failing.length === 0) return [];
  return [
    {
      type: "list",
      title: `Failing ${output.checkId}`,
      items: output.failing.map((resource) => ({
        title: resource.name,
        detail: [
          resource.resourceGroup,
          ...resource.evidence.map(({ label, value }) => `${label}: ${value ?? "not set"}`),
        ]
          .filter(Boolean)
          .join(", "),
        badge: resource.typeLabel,
      })),
      ...(output.failedCount > output.failing.length
        ? { note: `${output.failing.length} of ${output.failedCount} resources` }
        : {}),
    },
  ];
}
