import type { Pillar, Severity } from "@cloudoptima/tools/assessment/pillars.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";

/** What of the assessment to show; an empty text does not filter. */
export interface AssessmentFilter {
  pillar: Pillar | "";
  severity: Severity | "";
  subscription: string;
  resourceGroup: string;
}

export const noFilter: AssessmentFilter = { pillar: "", severity: "", subscription: "", resourceGroup: "" };

const mostChecks = 200;

/** Scores of all pillars in the chosen place: a pillar that is picked below must not hide the others. */
export function useScores({ subscription, resourceGroup }: AssessmentFilter) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_assessment.queryOptions(
      { subscription: subscription || undefined, resourceGroup: resourceGroup || undefined, limit: 0 },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** The failing checks that the filter leaves. */
export function useFailingChecks(filter: AssessmentFilter) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_assessment.queryOptions(
      {
        pillar: filter.pillar || undefined,
        severity: filter.severity || undefined,
        subscription: filter.subscription || undefined,
        resourceGroup: filter.resourceGroup || undefined,
        limit: mostChecks,
      },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** Subscriptions and resource groups that can be chosen, with their scores. */
export function usePlaces(by: "subscription" | "resource_group") {
  const trpc = useTRPC();
  return useQuery(trpc.get_assessment.queryOptions({ by, limit: 0 }, { staleTime: 60_000 }));
}

/** One check with a page of what fails it. */
export function useCheck(checkId: string | null, { subscription, resourceGroup }: AssessmentFilter) {
  const trpc = useTRPC();
  return useQuery(
    trpc.explain_check.queryOptions(
      {
        checkId: checkId ?? "",
        subscription: subscription || undefined,
        resourceGroup: resourceGroup || undefined,
        limit: 50,
      },
      { enabled: checkId !== null },
    ),
  );
}
