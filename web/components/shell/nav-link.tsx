import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

/** An entry of the navigation. */
export function NavLink({
  href,
  active,
  className,
  children,
}: {
  href: string;
  active: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      aria-current={active ? "page" : undefined}
      className={cn(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors hover:bg-hover",
        active ? "bg-selected font-medium" : "text-muted hover:text-foreground",
        className,
      )}
    >
      {children}
    </Link>
  );
}
