"use client";
import { useQueryClient } from "@tanstack/react-query";
import { LayoutDashboard, RefreshCw } from "lucide-react";
import Link from "next/link";
import { type Pin, usePins } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { FirstDashboard } from "./first-dashboard.tsx";
import { PinCard } from "./pin-card.tsx";
import { useDashboardStart } from "./use-dashboard-start.ts";

/** Pinned answers, each run again at every look, so that none is ever old. */
export function DashboardPage() {
  const pins = usePins();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const refresh = () => queryClient.invalidateQueries(trpc.web.run_pin.pathFilter());
  return (
    <main id="main" className="scroll-calm min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[1120px] px-4 py-8 sm:px-6">
        <header className="flex items-center justify-between gap-4">
          <h1 className="font-semibold text-xl tracking-[-0.015em]">Dashboard</h1>
          {pins.data && (
            <Button size="small" onClick={refresh}>
              <RefreshCw size={13} /> Refresh
            </Button>
          )}
        </header>
        {pins.isError && (
          <p role="alert" className="mt-6 text-worse">
            {pins.error.message}
          </p>
        )}
        {pins.isPending && (
          <div className="mt-6 grid gap-4 lg:grid-cols-2">
            <Skeleton className="h-80 rounded-lg border bg-surface" />
          </div>
        )}
        {pins.data?.length === 0 && (
          <FirstDashboard>
            <EmptyDashboard />
          </FirstDashboard>
        )}
        {pins.data && pins.data.length > 0 && (
          <ul className="mt-6 grid items-start gap-4 lg:grid-cols-2">
            {pins.data.map((pin) => (
              <li key={pin.id} className="min-w-0">
                <PinnedCard pin={pin} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}

function EmptyDashboard() {
  return (
    <div className="mt-6 rounded-lg border border-dashed px-6 py-14 text-center">
      <LayoutDashboard size={20} className="mx-auto text-faint" />
      <p className="mt-3 font-medium">Nothing is pinned yet</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">
        Ask a question and press the pin on its chart. It will be here, and always show the newest data.
      </p>
      <Button asChild variant="primary" className="mt-5">
        <Link href="/">Ask a question</Link>
      </Button>
    </div>
  );
}

function PinnedCard({ pin }: { pin: Pin }) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [, endStart] = useDashboardStart();
  const unpin = useAction(async () => {
    await trpcClient.unpin.mutate({ id: pin.id });
    endStart();
    await queryClient.invalidateQueries(trpc.list_pins.pathFilter());
  });
  return <PinCard pin={pin} problem={unpin.problem} onRemove={() => unpin.run()} />;
}
