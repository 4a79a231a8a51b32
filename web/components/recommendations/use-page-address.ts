"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";
import { type PageAddress, readAddress, writeAddress } from "./page-address.ts";

/** What the page shows, and how to show something else. `change` replaces the address, `go` leaves a way back. */
export function usePageAddress() {
  const path = usePathname();
  const query = useSearchParams();
  const address = useMemo(() => readAddress(path, new URLSearchParams(query)), [path, query]);
  const latest = useRef(address);
  latest.current = address;
  const show = useCallback((part: Partial<PageAddress>, way: "pushState" | "replaceState") => {
    // Two changes of one moment: the second builds on the first, which the page has not drawn yet.
    latest.current = { ...latest.current, ...part };
    const next = writeAddress(latest.current);
    if (next !== window.location.pathname + window.location.search) window.history[way](null, "", next);
  }, []);
  const change = useCallback((part: Partial<PageAddress>) => show(part, "replaceState"), [show]);
  const go = useCallback((part: Partial<PageAddress>) => show(part, "pushState"), [show]);
  return { address, change, go };
}
