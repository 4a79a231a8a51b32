import { cn } from "../../lib/cn.ts";
import { formatDay } from "../../lib/format.ts";
import type { InventoryRow } from "./use-inventory.ts";

const tones: Readonly<Record<string, string>> = {
  running: "bg-better",
  attached: "bg-better",
  succeeded: "bg-better",
  online: "bg-better",
  stopped: "bg-warn",
  unattached: "bg-warn",
};

/** A resource's state by its word, the dot only repeats it; of one that is gone, since when. */
export function StateWord({
  resource: { status, goneAt },
}: {
  resource: Pick<InventoryRow, "status" | "goneAt">;
}) {
  if (goneAt) return <span className="text-muted">gone since {formatDay(goneAt)}</span>;
  if (!status) return null;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap align-top">
      <span
        aria-hidden
        className={cn("size-1.5 rounded-full", tones[status.toLowerCase()] ?? "bg-border-strong")}
      />
      {status}
    </span>
  );
}
