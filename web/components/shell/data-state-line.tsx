"use client";
import { formatDay } from "../../lib/format.ts";
import { useDataState } from "../../lib/queries.ts";

/** One line on what is there to ask about: being loaded (how far), or complete until a day. */
export function DataStateLine() {
  const { data, isError } = useDataState();
  if (isError) return <Line dot="bg-worse" text="Data state unknown" />;
  const loading = data?.loading[0];
  if (loading) {
    const percent = loading.total ? Math.floor((100 * (loading.done ?? 0)) / loading.total) : null;
    return (
      <div>
        <Line
          dot="animate-wait bg-accent"
          text={percent === null ? "Loading data…" : `Loading data · ${percent} %`}
          title={loading.message}
        />
        {percent !== null && (
          <progress
            value={percent}
            max={100}
            aria-label={loading.message}
            className="mx-2 mt-1 h-0.5 w-[calc(100%-16px)] appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-border [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent"
          />
        )}
      </div>
    );
  }
  const until = data?.freshness?.dataUntil;
  if (until) return <Line dot="bg-better" text={`Data until ${formatDay(until)}`} />;
  return <Line dot="bg-border-strong" text={data ? "No cost data yet" : "Reading the data…"} />;
}

function Line({ dot, text, title }: { dot: string; text: string; title?: string }) {
  return (
    <p title={title} className="flex h-6 items-center gap-2.5 px-2 text-muted text-xs">
      <span className={`mx-[7px] size-1.5 shrink-0 rounded-full ${dot}`} />
      <span className="truncate">{text}</span>
    </p>
  );
}
