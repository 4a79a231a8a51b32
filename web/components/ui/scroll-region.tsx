import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

/** A part that scrolls by itself, reachable and named for the keyboard. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard cannot scroll it
    <section aria-label={label} tabIndex={0} className={cn("scroll-calm overflow-auto", className)}>
      {children}
    </section>
  );
}
