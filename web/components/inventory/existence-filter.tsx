import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";
import { type Existence, existences } from "./inventory-address.ts";
import type { InventoryCounts } from "./use-inventory.ts";

const words: Readonly<Record<Existence, string>> = { present: "Present", gone: "Gone", all: "All" };

/** Whether resources are there still; each with how many. */
export function ExistenceFilter({
  picked,
  counts,
  onPick,
}: {
  picked: Existence;
  counts: InventoryCounts["existence"] | undefined;
  onPick(existence: Existence): void;
}) {
  const countOf = ({ presentCount, goneCount }: InventoryCounts["existence"]) => ({
    present: presentCount,
    gone: goneCount,
    all: presentCount + goneCount,
  });
  return (
    <fieldset className="flex min-w-0 gap-1">
      <legend className="sr-only">Still there</legend>
      {existences.map((existence) => (
        <button
          key={existence}
          type="button"
          aria-pressed={picked === existence}
          onClick={() => onPick(existence)}
          className={cn(
            "flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm -outline-offset-2 transition-colors hover:bg-hover",
            picked === existence ? "bg-selected font-medium" : "text-muted",
          )}
        >
          {words[existence]}
          {/* The place is kept, so that nothing moves when the number comes. */}
          <span className="min-w-4 text-center text-muted text-xs tabular-nums">
            {counts && formatCount(countOf(counts)[existence])}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
