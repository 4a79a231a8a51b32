import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

export function Kbd({ children, inverted = false }: { children: ReactNode; inverted?: boolean }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border px-1 font-sans text-[11px] leading-none",
        inverted ? "border-current/30" : "border-border bg-surface text-muted",
      )}
    >
      {children}
    </kbd>
  );
}
