"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";

const runningMs = 600;
const quietMs = 20_000;

/** How the latest analysis stands; data null: there was none yet. */
export function useLatestAnalysis() {
  const trpc = useTRPC();
  return useQuery(
    trpc.list_analyses.queryOptions(
      { limit: 1 },
      {
        select: ({ analyses }) => analyses[0] ?? null,
        refetchInterval: ({ state }) => (state.data?.analyses[0]?.status === "running" ? runningMs : quietMs),
      },
    ),
  );
}
