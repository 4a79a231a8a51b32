import { cn } from "../../lib/cn.ts";

/** A grey shape where something will be; hidden from screen readers, which hear the live region instead. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-wait rounded-md bg-hover", className)} />;
}
