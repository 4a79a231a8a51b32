import type { UpdateEvent } from "@cloudoptima/tools/kernel/update-event.ts";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followUpdates } from "./follow-updates.ts";

const recommendationCalls = [
  "search_recommendations",
  "sum_recommendations",
  "get_savings_plan",
  "get_realized_savings",
  "get_recommendation",
  "list_recommendations",
  "get_savings_total",
] as const;

/** Which calls an event makes old; what nobody looks at is asked again when somebody does. */
const outdated: Readonly<Record<Exclude<UpdateEvent["type"], "resync">, readonly string[]>> = {
  // What was done is recommended no more.
  remediation_updated: ["list_proposals", "get_proposal", ...recommendationCalls],
  recommendation_created: [...recommendationCalls, "list_analyses"],
  resource_discovered: ["search_resources"],
  scan_progress: ["list_connections", "list_scans"],
  cost_alert: [],
};

/** Keeps what the page shows in step with the server, while somebody is signed in. */
export function useUpdates(isSignedIn: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isSignedIn) return;
    return followUpdates({
      open: () => {
        const { protocol, host } = window.location;
        return new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/ws/v1/updates`);
      },
      onEvent: (event) => void renew(queryClient, event),
    });
  }, [queryClient, isSignedIn]);
}

async function renew(queryClient: QueryClient, { type }: UpdateEvent): Promise<void> {
  if (type === "resync") {
    await queryClient.invalidateQueries();
    return;
  }
  for (const name of outdated[type]) await queryClient.invalidateQueries({ queryKey: [[name]] });
}
