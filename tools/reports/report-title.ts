import type { Period } from "../costs/cost-shapes.ts";
import { periodInWords } from "../costs/coverage.ts";
import { placeInWords, type ReportPlace } from "./report-place.ts";
import { type ReportType, reportTypeLabels } from "./report-types.ts";

/** "Cost analysis of rg-web in Production, 1-30 Sep 2026", for a report that nobody named. */
export function reportTitle(type: ReportType, place: ReportPlace, period: Period): string {
  const where = placeInWords(place);
  return `${reportTypeLabels[type]}${where ? ` of ${where}` : ""}, ${periodInWords(period)}`;
}
