"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useDataState } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { type FirstPin, firstPins } from "./first-pins.ts";
import { PinCard } from "./pin-card.tsx";
import { useDashboardStart } from "./use-dashboard-start.ts";

/** What stands here before anything is pinned. Taking one off pins the others; with the last one gone it stays empty. */
export function FirstDashboard({ children }: { children: ReactNode }) {
  const state = useDataState();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [isOver, setOver] = useDashboardStart();
  const pins = state.data ? firstPins(state.data) : undefined;
  const keepOthers = useAction(async (removed: FirstPin) => {
    for (const { title, toolName, toolInput } of pins ?? []) {
      if (title !== removed.title) await trpcClient.pin_answer.mutate({ title, toolName, toolInput });
    }
    setOver();
    await queryClient.invalidateQueries(trpc.list_pins.pathFilter());
  });
  if (!pins) return <Skeleton className="mt-6 h-80 rounded-lg border bg-surface" />;
  if (isOver || pins.length === 0) return children;
  return (
    <>
      <p className="mt-1 text-muted text-sm">
        A start, until you pin answers of your own: ask a question and press the pin on its chart.
      </p>
      <ul className="mt-6 grid items-start gap-4 lg:grid-cols-2">
        {pins.map((pin) => (
          <li key={pin.title} className="min-w-0">
            <PinCard
              pin={pin}
              problem={keepOthers.failedInput?.title === pin.title ? keepOthers.problem : null}
              onRemove={() => keepOthers.run(pin)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
