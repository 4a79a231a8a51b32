"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { useId, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import type { AppRouter } from "../../server/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import type { RuleThresholds } from "./use-recommendations.ts";

type Type = inferRouterInputs<AppRouter>["set_rule_threshold"]["type"];

/** One threshold: what it decides, what holds, and for an admin a box to change it and the way back. */
export function ThresholdRow({
  type,
  threshold,
  maySet,
}: {
  type: string;
  threshold: RuleThresholds["thresholds"][number];
  maySet: boolean;
}) {
  const { name, description, unit, value, default: usual, minimum, maximum } = threshold;
  const id = useId();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(String(value));
  const set = useAction(async (next: number | null) => {
    const rules = await trpcClient.set_rule_threshold.mutate({ type: type as Type, name, value: next });
    queryClient.setQueryData(trpc.list_rule_thresholds.queryKey({}), rules);
  });
  const next = Number(typed);
  const isNew = typed.trim() !== "" && Number.isFinite(next) && next !== value;
  const unitText = unit === "count" ? "" : unit;
  return (
    <li className="grid items-center gap-x-4 gap-y-1.5 px-3 py-2 text-sm sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <label htmlFor={maySet ? id : undefined} className="block">
          {description}
        </label>
        <p id={`${id}-hint`} className="text-faint text-xs tabular-nums">
          default {formatCount(usual)} {unitText}, from {formatCount(minimum)} to {formatCount(maximum)}
          {value !== usual && <span className="text-foreground"> · changed</span>}
        </p>
      </div>
      {maySet ? (
        <form
          className="flex items-center gap-1.5 sm:justify-end"
          onSubmit={(event) => {
            event.preventDefault();
            if (isNew) set.run(next);
          }}
        >
          <input
            id={id}
            type="number"
            step="any"
            min={minimum}
            max={maximum}
            required
            value={typed}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setTyped(event.currentTarget.value)}
            className="h-8 w-24 rounded-md border bg-surface px-2 text-right text-sm tabular-nums hover:border-border-strong"
          />
          <span className="min-w-0 flex-1 text-muted sm:w-28 sm:flex-none">{unitText}</span>
          <Button type="submit" size="small" disabled={!isNew || set.isBusy}>
            Save
          </Button>
          <Button
            size="small"
            variant="ghost"
            disabled={value === usual || set.isBusy}
            aria-label={`Take the default again: ${description}`}
            onClick={() => set.run(null)}
          >
            Reset
          </Button>
        </form>
      ) : (
        <p className="whitespace-nowrap tabular-nums sm:text-right">
          {formatCount(value)} {unitText}
        </p>
      )}
      <Problem text={set.problem} className="sm:col-span-2" />
    </li>
  );
}
