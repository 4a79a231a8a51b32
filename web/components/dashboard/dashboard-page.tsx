"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { LayoutDashboard, RefreshCw, X } from "lucide-react";
import Link from "next/link";
import { type Pin, usePins } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { dimensionOf, isEmptyView } from "../../lib/view-facts.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { ViewCard } from "../views/view-card.tsx";

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
          {(pins.data?.length ?? 0) > 0 && (
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
        {pins.data?.length === 0 && <EmptyDashboard />}
        <ul className="mt-6 grid items-start gap-4 lg:grid-cols-2">
          {pins.data?.map((pin) => (
            <li key={pin.id} className="min-w-0">
              <PinCard pin={pin} />
            </li>
          ))}
        </ul>
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

function PinCard({ pin }: { pin: Pin }) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { toolName, toolInput } = pin;
  const run = useQuery(
    trpc.web.run_pin.queryOptions({ toolName, toolInput }, { refetchInterval: 5 * 60_000 }),
  );
  const unpin = useAction(async () => {
    await trpcClient.unpin.mutate({ id: pin.id });
    await queryClient.invalidateQueries(trpc.list_pins.pathFilter());
  });
  const remove = (
    <Tooltip label="Take off the dashboard">
      <Button
        variant="ghost"
        size="icon-small"
        aria-label={`Take "${pin.title}" off the dashboard`}
        onClick={() => unpin.run()}
      >
        <X size={15} />
      </Button>
    </Tooltip>
  );
  const view = run.data?.views[0];
  if (view && !isEmptyView(view)) {
    return (
      <ViewCard view={view} dimension={dimensionOf(pin.toolInput)} actions={remove} problem={unpin.problem} />
    );
  }
  return (
    <section className="rounded-lg border bg-surface p-4">
      <header className="flex items-center justify-between">
        <h3 className="truncate font-medium text-sm">{pin.title}</h3>
        {remove}
      </header>
      <Problem text={unpin.problem} className="mt-2" />
      {run.isPending && <Skeleton className="mt-3 h-56" />}
      {run.isError && (
        <p role="alert" className="mt-2 text-muted text-sm">
          {run.error.message}{" "}
          <button
            type="button"
            className="text-accent underline underline-offset-2"
            onClick={() => run.refetch()}
          >
            Try again
          </button>
        </p>
      )}
      {run.isSuccess && <p className="mt-2 text-muted text-sm">Nothing in this period.</p>}
    </section>
  );
}
