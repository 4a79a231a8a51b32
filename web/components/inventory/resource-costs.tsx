"use client";
import { problemText } from "../../lib/api.ts";
import { addDays } from "../../lib/days.ts";
import { formatDay, formatMoney } from "../../lib/format.ts";
import { useDataState } from "../../lib/queries.ts";
import { failureOf } from "../../lib/trpc.ts";
import { PanelPart } from "../ui/panel-part.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { LineView } from "../views/line-view.tsx";
import { useToolViews } from "./use-inventory.ts";

interface Trend {
  total: { value: string; currency: string }[];
}

/** What it cost on each of the last 30 days with data. */
export function ResourceCosts({ id }: { id: string }) {
  const state = useDataState();
  const until = state.data?.freshness?.dataUntil;
  const period = until ? { start: addDays(until, -29), end: addDays(until, 1) } : undefined;
  const filters = [{ dimension: "resource", values: [id] }];
  const asked = { period, granularity: "daily", filters, top: 1 };
  const costs = useToolViews("get_cost_trend", asked, period !== undefined);
  const total = (costs.data?.output as Trend | undefined)?.total ?? [];
  const lines = (costs.data?.views ?? []).flatMap((view) => (view.type === "line" ? view : []));
  const hasNone = costs.isError && failureOf(costs.error)?.status === 404;
  return (
    <PanelPart title="Cost of 30 days" aside={until ? `until ${formatDay(until)}` : undefined}>
      {state.data && !until && <p className="text-muted text-sm">No cost data was read yet.</p>}
      {(hasNone || (costs.data && total.length === 0)) && (
        <p className="text-muted text-sm">No cost of it is known in these days.</p>
      )}
      <Problem text={costs.isError && !hasNone ? problemText(costs.error) : null} />
      {(state.isPending || (period && costs.isPending)) && <Skeleton className="h-58" />}
      {total.map(({ value, currency }, index) => (
        <div key={currency}>
          <p className="text-sm tabular-nums">
            <span className="font-semibold text-xl tracking-[-0.015em]">{formatMoney(value, currency)}</span>{" "}
            <span className="text-muted">effective cost</span>
          </p>
          {lines[index] && <LineView view={lines[index]} />}
        </div>
      ))}
    </PanelPart>
  );
}
