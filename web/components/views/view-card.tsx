"use client";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { BarChart3, Check, Copy, Pin, Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { tableToCsv, viewTable } from "../../lib/view-table.ts";
import { ProposalCard } from "../proposals/proposal-card.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { BarView } from "./bar-view.tsx";
import { LineView } from "./line-view.tsx";
import { ListView } from "./list-view.tsx";
import { MetricView } from "./metric-view.tsx";
import { TableView } from "./table-view.tsx";
import { WaterfallView } from "./waterfall-view.tsx";

const charts = new Set<View["type"]>(["bar", "line", "waterfall"]);

/** Any view, framed: its title, itself, the table behind it, and what can be done with it. */
export function ViewCard({
  view,
  onPin,
  pinned = false,
  actions,
  problem = null,
  title,
  dimension,
}: {
  view: View;
  onPin?: () => void;
  pinned?: boolean;
  actions?: ReactNode;
  /** Why pinning, or one of the actions, failed. */
  problem?: string | null;
  title?: string;
  /** What its rows are, e.g. "service". */
  dimension?: string;
}) {
  const [asTable, setAsTable] = useState(false);
  const [copied, setCopied] = useState(false);
  const titleId = useId();
  if (view.type === "text") return <p>{view.text}</p>;
  // Of the view only the id: the card is drawn from the plan as it is stored.
  if (view.type === "proposal") return <ProposalCard id={view.proposalId} />;
  const table = viewTable(view);
  const hasChart = charts.has(view.type);
  const note = "note" in view ? view.note : undefined;

  const copy = async () => {
    if (!table) return;
    await navigator.clipboard.writeText(tableToCsv(table));
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };

  return (
    <section aria-labelledby={titleId} className="rounded-lg border bg-surface">
      <header className="flex min-h-11 items-center gap-1 pr-1.5 pl-4">
        <h3
          id={titleId}
          className="min-w-0 flex-1 truncate py-2 font-medium text-sm"
          title={title ?? view.title}
        >
          {title ?? view.title}
        </h3>
        {hasChart && (
          <Tooltip label={asTable ? "Show as chart" : "Show as table"}>
            <Button
              variant="ghost"
              size="icon-small"
              aria-label={asTable ? "Show as chart" : "Show as table"}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <BarChart3 size={15} /> : <Table2 size={15} />}
            </Button>
          </Tooltip>
        )}
        {table && (
          <Tooltip label={copied ? "Copied" : "Copy as CSV"}>
            <Button variant="ghost" size="icon-small" aria-label="Copy as CSV" onClick={copy}>
              {copied ? <Check size={15} /> : <Copy size={15} />}
            </Button>
          </Tooltip>
        )}
        {onPin && (
          <Tooltip label={pinned ? "On your dashboard" : "Pin to dashboard"}>
            <Button
              variant="ghost"
              size="icon-small"
              aria-label={pinned ? "Pinned to dashboard" : "Pin to dashboard"}
              disabled={pinned}
              onClick={onPin}
            >
              {pinned ? <Check size={15} /> : <Pin size={15} />}
            </Button>
          </Tooltip>
        )}
        {actions}
      </header>
      <Problem text={problem} className="px-4 pb-3" />
      <div className="px-4 pb-4">
        {hasChart && asTable && table ? (
          <TableView table={table} />
        ) : (
          <Drawn view={view} dimension={dimension} />
        )}
        {note && <p className="mt-3 text-muted text-xs">{note}</p>}
      </div>
    </section>
  );
}

function Drawn({ view, dimension }: { view: View; dimension?: string }) {
  switch (view.type) {
    case "bar":
      return <BarView view={view} dimension={dimension} />;
    case "line":
      return <LineView view={view} />;
    case "waterfall":
      return <WaterfallView view={view} />;
    case "table":
      return <TableView table={viewTable(view)!} />;
    case "metric":
      return <MetricView view={view} />;
    case "list":
      return <ListView view={view} />;
    default:
      return null;
  }
}
