import { z } from "zod";
import { Decimal } from "../costs/cost-shapes.ts";
import { PillarName, SeverityName } from "./check.ts";

const Percent = Decimal.nullable().describe("0 to 100 with one decimal; null: nothing is known");
const counts = {
  passedCount: z.number().int(),
  failedCount: z.number().int(),
  unknownCount: z.number().int(),
};

export const PillarScore = z.object({
  pillar: PillarName,
  label: z.string(),
  scorePercent: Percent.describe("passed weight / (passed + failed); null: nothing is known"),
  coveragePercent: Percent.describe("known weight / (known + unknown)"),
  previousScorePercent: Percent.describe("Of the run before, or of the day before where a scope is named"),
  ...counts,
});
export type PillarScore = z.infer<typeof PillarScore>;

export const PlaceScore = z.object({
  key: z.string(),
  label: z.string(),
  overallScorePercent: Percent.describe("Mean of the pillars' scores"),
  coveragePercent: Percent,
  ...counts,
  pillars: z.array(z.object({ pillar: PillarName, scorePercent: Percent })),
});
export type PlaceScore = z.infer<typeof PlaceScore>;

export const FailingResource = z.object({
  id: z.string(),
  name: z.string(),
  typeLabel: z.string(),
  resourceGroup: z.string().nullable(),
  subscriptionName: z.string(),
  since: z.string().describe("ISO time of the run that first found it"),
  evidence: z.array(z.object({ label: z.string(), path: z.string(), value: z.string().nullable() })),
});
export type FailingResource = z.infer<typeof FailingResource>;

export const FailingCheck = z.object({
  checkId: z.string(),
  question: z.string(),
  pillar: PillarName,
  pillarLabel: z.string(),
  severity: SeverityName,
  ...counts,
  fix: z.string(),
  resources: z.array(z.object({ id: z.string(), name: z.string(), resourceGroup: z.string().nullable() })),
});
export type FailingCheck = z.infer<typeof FailingCheck>;

export const AssessmentOutput = z.object({
  ranAt: z.string().nullable().describe("ISO time of the last run by the business clock; null: none yet"),
  scope: z.string().nullable().describe("What the figures are limited to; null: everything"),
  resourceCount: z.number().int().describe("Resources assessed, over everything"),
  checkCount: z.number().int(),
  overallScorePercent: Percent.describe("Mean of the pillars' scores"),
  previousOverallScorePercent: Percent,
  pillars: z.array(PillarScore),
  places: z.array(PlaceScore).describe("By resource group or subscription when asked for, worst first"),
  failingCheckCount: z.number().int(),
  checks: z
    .array(FailingCheck)
    .describe("Failing checks, most weight first, each with some of its resources"),
  unknownChecks: z
    .array(z.object({ checkId: z.string(), question: z.string(), unknownCount: z.number().int() }))
    .describe("Checks that the data cannot tell of some resources, most first"),
  previous: z
    .object({
      ranAt: z.string(),
      newCount: z.number().int().describe("Failures that the run before did not have, over everything"),
      fixedCount: z.number().int(),
    })
    .nullable(),
  trend: z
    .array(
      z.object({
        day: z.iso.date(),
        overallScorePercent: Percent,
        pillars: z.array(z.object({ pillar: PillarName, scorePercent: Percent })),
      }),
    )
    .describe("The last run of each day, oldest first"),
  note: z.string().nullable(),
});
export type AssessmentOutput = z.infer<typeof AssessmentOutput>;
