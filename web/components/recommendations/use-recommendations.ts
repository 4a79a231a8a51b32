"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useCallback } from "react";
import { useTRPC } from "../../lib/trpc.ts";
import type { AppRouter } from "../../server/trpc.ts";
import type { PageAddress } from "./page-address.ts";

type Outputs = inferRouterOutputs<AppRouter>;
type Search = inferRouterInputs<AppRouter>["sum_recommendations"];
export type RecommendationPage = Outputs["search_recommendations"];
export type RecommendationRow = RecommendationPage["rows"][number];
export type OpenedRecommendation = Outputs["get_recommendation"];
export type SavingsSum = Outputs["sum_recommendations"];
export type Plan = Outputs["get_savings_plan"]["plans"][number];
export type Realized = Outputs["get_realized_savings"];
export type Suppression = Outputs["list_suppressions"]["suppressions"][number];
export type RuleThresholds = Outputs["list_rule_thresholds"]["rules"][number];

export const pageSize = 50;

function searchOf({ status, type, risk, effort, subscription, text }: PageAddress): Search {
  return {
    status,
    type: (type || undefined) as Search["type"],
    risk: risk || undefined,
    effort: effort || undefined,
    subscriptionId: subscription || undefined,
    text: text.trim() || undefined,
  };
}

/** One page; what stood there stays in sight while the next one is asked for. */
export function useRecommendationPage(address: PageAddress) {
  const trpc = useTRPC();
  const { sort, page } = address;
  return useQuery(
    trpc.search_recommendations.queryOptions(
      { ...searchOf(address), sort, limit: pageSize, offset: (page - 1) * pageSize },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** What all that match save, alone and together. */
export function useSavings(address: PageAddress) {
  const trpc = useTRPC();
  return useQuery(
    trpc.sum_recommendations.queryOptions(searchOf(address), { placeholderData: keepPreviousData }),
  );
}

/** The best that can be done together within limits, in order. */
export function useSavingsPlan({ riskUpTo, effortUpTo, subscription }: PageAddress, limit: number) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_savings_plan.queryOptions(
      { riskAtMost: riskUpTo, effortAtMost: effortUpTo, subscription: subscription || undefined, limit },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** What was saved by what was done, on the days that the address names. */
export function useRealizedSavings({ span }: PageAddress) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_realized_savings.queryOptions(span ? { period: { words: span } } : {}, {
      placeholderData: keepPreviousData,
    }),
  );
}

export function useRecommendation(id: string) {
  const trpc = useTRPC();
  return useQuery(trpc.get_recommendation.queryOptions({ id }, { retry: false }));
}

/** Has everything on the page ask again: each figure may hang on what was changed. */
export function useRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [
          trpc.search_recommendations,
          trpc.sum_recommendations,
          trpc.get_savings_plan,
          trpc.get_realized_savings,
          trpc.get_recommendation,
          trpc.list_recommendations,
          trpc.get_savings_total,
          trpc.list_suppressions,
          trpc.list_analyses,
        ].map((call) => queryClient.invalidateQueries(call.pathFilter())),
      ),
    [queryClient, trpc],
  );
}
