import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";

/** The reports that are made again and again, and the time zone of their hours. */
export function useSchedules() {
  const trpc = useTRPC();
  return useQuery(trpc.list_report_schedules.queryOptions({}));
}
