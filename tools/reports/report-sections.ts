import { changes, commitments, places, spend, trend } from "./cost-questions.ts";
import {
  assessment,
  compliance,
  estate,
  failingChecks,
  realizedSavings,
  recommendations,
  savings,
  violations,
} from "./estate-questions.ts";
import type { ReportQuestion, ReportScope } from "./report-question.ts";
import type { SectionName } from "./report-types.ts";

/** What each section asks for a period and a place. What has no past (inventory, policies) is told as it is now. */
export const sectionQuestions: Readonly<Record<SectionName, (scope: ReportScope) => ReportQuestion[]>> = {
  costs: spend,
  cost_trend: trend,
  cost_changes: changes,
  cost_places: places,
  commitments,
  estate,
  realized_savings: realizedSavings,
  savings,
  recommendations,
  assessment,
  failing_checks: failingChecks,
  compliance,
  violations,
};
