"use client";
import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";
import { type Group, groups } from "./approval-groups.ts";
import { useProposalCount } from "./use-proposals.ts";

/** Which part of the list is shown; what asks for somebody has its number. */
export function GroupFilter({ show, onShow }: { show: Group | null; onShow(group: Group): void }) {
  const counts: Partial<Record<Group, number | undefined>> = {
    waiting: useProposalCount("waiting").data,
    running: useProposalCount("running").data,
    attention: useProposalCount("attention").data,
  };
  return (
    <fieldset className="scroll-calm flex min-w-0 gap-1 overflow-x-auto">
      <legend className="sr-only">Show</legend>
      {groups.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-pressed={show === value}
          onClick={() => onShow(value)}
          className={cn(
            "flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm transition-colors hover:bg-hover",
            show === value ? "bg-selected font-medium" : "text-muted",
          )}
        >
          {label}
          {value in counts && (
            // The place is kept, so that nothing moves when the number comes.
            <span className="min-w-4 text-center text-muted text-xs tabular-nums">
              {counts[value] === undefined ? "" : formatCount(counts[value])}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
