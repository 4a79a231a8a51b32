"use client";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";
import { AddressLink } from "./address-link.tsx";
import { readAddress } from "./page-address.ts";

/** Opens a recommendation beside the list. */
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
    <AddressLink
      address={{ ...shown, id }}
      onGo={() => onOpen(id)}
      data-recommendation={id}
      aria-current={current ? "true" : undefined}
      className={cn("font-medium", className)}
    >
      {children}
    </AddressLink>
  );
}
