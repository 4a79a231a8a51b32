"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { Pin } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { dimensionOf, isEmptyView } from "../../lib/view-facts.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { ViewCard } from "../views/view-card.tsx";

/** One answer, run again at every look. */
export function PinCard({
  pin,
  problem,
  onRemove,
}: {
  pin: Pick<Pin, "title" | "toolName" | "toolInput">;
  /** Why taking it off failed. */
  problem: string | null;
  onRemove(): void;
}) {
  const trpc = useTRPC();
  const { toolName, toolInput, title } = pin;
  const run = useQuery(
    trpc.web.run_pin.queryOptions({ toolName, toolInput }, { refetchInterval: 5 * 60_000 }),
  );
  const remove = (
    <Tooltip label="Take off the dashboard">
      <Button
        variant="ghost"
        size="icon-small"
        aria-label={`Take "${title}" off the dashboard`}
        onClick={onRemove}
      >
        <X size={15} />
      </Button>
    </Tooltip>
  );
  const view = run.data?.views[0];
  if (view && !isEmptyView(view)) {
    return <ViewCard view={view} dimension={dimensionOf(toolInput)} actions={remove} problem={problem} />;
  }
  return (
    <section className="rounded-lg border bg-surface p-4">
      <header className="flex items-center justify-between">
        <h3 className="truncate font-medium text-sm">{title}</h3>
        {remove}
      </header>
      <Problem text={problem} className="mt-2" />
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
      {run.isSuccess && (
        <p className="mt-2 text-muted text-sm">
          {view?.type === "list" ? "Nothing to show yet." : "Nothing in this period."}
        </p>
      )}
    </section>
  );
}
