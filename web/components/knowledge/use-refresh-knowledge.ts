"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../lib/trpc.ts";

/** Has the documents, and what was found in them, asked for again. */
export function useRefreshKnowledge() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [trpc.list_knowledge, trpc.search_knowledge].map((read) =>
          queryClient.invalidateQueries(read.pathFilter()),
        ),
      ),
    [queryClient, trpc],
  );
}
