"use client";
import { useState } from "react";
import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { InventoryCounts } from "./use-inventory.ts";

const typesAtFirst = 8;

/** How many there are of each type; pressing one narrows to it, pressing it again takes that back. */
export function TypeCounts({
  types,
  picked,
  onPick,
}: {
  types: InventoryCounts["types"] | undefined;
  picked: string;
  onPick(type: string): void;
}) {
  const [all, setAll] = useState(false);
  if (!types) return <Skeleton className="h-7 w-full" />;
  const shown = types.filter(({ id }, index) => all || index < typesAtFirst || id === picked);
  return (
    <fieldset className="scroll-calm flex min-w-0 gap-1.5 max-sm:overflow-x-auto sm:flex-wrap">
      <legend className="sr-only">Resources by type</legend>
      {shown.map(({ id, label, count }) => (
        <button
          key={id}
          type="button"
          aria-pressed={picked === id}
          onClick={() => onPick(picked === id ? "" : id)}
          className={cn(
            "flex h-7 max-w-full shrink-0 items-center gap-1.5 rounded-md border px-2 text-xs transition-colors hover:bg-hover",
            picked === id ? "border-border-strong bg-selected font-medium" : "bg-surface text-muted",
          )}
        >
          <span className="truncate">{label}</span>
          <span className="tabular-nums">{formatCount(count)}</span>
        </button>
      ))}
      {types.length > shown.length && (
        <Button size="small" variant="ghost" onClick={() => setAll(true)}>
          {formatCount(types.length - shown.length)} more types
        </Button>
      )}
    </fieldset>
  );
}
