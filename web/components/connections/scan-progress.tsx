"use client";
import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../lib/format.ts";
import { useTRPC } from "../../lib/trpc.ts";

const typesShown = 8;

const phaseWords: Readonly<Record<string, string>> = {
  inventory: "Resources",
  "unmanaged disks": "Unmanaged disks",
  changes: "Changes",
  "newest costs": "Newest costs",
  "earlier costs": "Earlier costs",
  metrics: "Metrics",
  prices: "Prices",
};

/** How far a running scan is: percent, its phases, and what it knows by type. The stream's events renew it. */
export function ScanProgress({ connectionName }: { connectionName: string }) {
  const trpc = useTRPC();
  const scans = useQuery(
    trpc.list_scans.queryOptions({ connectionName, limit: 1 }, { refetchInterval: 5_000 }),
  );
  const scan = scans.data?.scans[0];
  if (scan?.status !== "running") return <div className="mt-2 h-5" />;
  const { percent, phases, counts } = scan;
  const types = (counts.byType ?? []).toSorted((a, b) => b.count - a.count);
  const others = types.slice(typesShown).reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mt-2 text-sm tabular-nums">
      <div className="flex items-center gap-3">
        <progress
          value={percent}
          max={100}
          aria-label={`Sync of ${connectionName}`}
          className="h-1 w-full max-w-xs appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-border [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent"
        />
        <span>{percent} %</span>
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-muted">
        {phases
          .filter(({ total }) => total > 0)
          .map(({ name, done, total }) => (
            <span key={name}>
              {phaseWords[name] ?? name} {formatCount(done)} of {formatCount(total)}
              <span className="sr-only"> subscriptions</span>
            </span>
          ))}
      </p>
      {types.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-x-3 text-faint text-xs">
          {types.slice(0, typesShown).map(({ type, label, count }) => (
            <span key={type}>
              {label} {formatCount(count)}
            </span>
          ))}
          {others > 0 && <span>others {formatCount(others)}</span>}
        </p>
      )}
    </div>
  );
}
