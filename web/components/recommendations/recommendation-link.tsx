"use client";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";
import { readAddress, writeAddress } from "./page-address.ts";

/** Opens a recommendation beside the list; as a link it can be opened in another tab and sent to somebody. */
export function RecommendationLink({
  id,
  current,
  className,
  onOpen,
  children,
}: {
  id: string;
  current: boolean;
  className?: string;
  onOpen(id: string): void;
  children: ReactNode;
}) {
  const query = useSearchParams();
  const shown = readAddress("/recommendations", new URLSearchParams(query));
  return (
    <a
      href={writeAddress({ ...shown, id })}
      data-recommendation={id}
      aria-current={current ? "true" : undefined}
      className={cn("font-medium", className)}
      onClick={(event) => {
        event.stopPropagation();
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      {children}
    </a>
  );
}
