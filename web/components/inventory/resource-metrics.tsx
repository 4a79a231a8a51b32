"use client";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { Button } from "../ui/button.tsx";
import { PanelPart } from "../ui/panel-part.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ViewCard } from "../views/view-card.tsx";
import { useToolViews } from "./use-inventory.ts";

const spans = [
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
] as const;
const chartsAtFirst = 2;

/** How busy it is: a chart of each kind of metric, gaps left as gaps. */
export function ResourceMetrics({ id, name }: { id: string; name: string }) {
  const [days, setDays] = useState<number>(7);
  const [all, setAll] = useState(false);
  const metrics = useToolViews("get_resource_metrics", { id, days });
  const views = metrics.data?.views ?? [];
  const shown = all ? views : views.slice(0, chartsAtFirst);
  return (
    <PanelPart
      title="Metrics"
      aside={
        <span className="flex gap-1">
          {spans.map((span) => (
            <Button
              key={span.days}
              size="small"
              variant="ghost"
              aria-pressed={days === span.days}
              className={days === span.days ? "bg-selected text-foreground" : undefined}
              onClick={() => setDays(span.days)}
            >
              {span.label}
            </Button>
          ))}
        </span>
      }
    >
      <Problem text={metrics.isError ? problemText(metrics.error) : null} />
      {metrics.isPending && <Skeleton className="h-58" />}
      {metrics.data && views.length === 0 && (
        <p className="text-muted text-sm">Nothing was measured of it in these days.</p>
      )}
      <div className="mt-2 space-y-3">
        {shown.map((view, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the charts of one answer never move
          <ViewCard key={index} view={view} title={titleOf(view, name)} />
        ))}
      </div>
      {views.length > shown.length && (
        <Button size="small" variant="ghost" className="mt-2 -ml-2" onClick={() => setAll(true)}>
          {views.length - shown.length} more {views.length - shown.length === 1 ? "chart" : "charts"}
        </Button>
      )}
    </PanelPart>
  );
}

/** "CPU by hour, %": the panel names the resource already. */
function titleOf(view: View, name: string): string | undefined {
  return view.type === "line" ? view.title.replace(` of ${name}`, "") : undefined;
}
