"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";

/** How a page's address is read and written; the same functions at every call. */
export interface AddressForm<Address extends object> {
  read(path: string, query: URLSearchParams): Address;
  write(address: Address): string;
}

/** What a page shows, and how to show something else. `change` replaces the address, `go` leaves a way back. */
export function useAddress<Address extends object>({ read, write }: AddressForm<Address>) {
  const path = usePathname();
  const query = useSearchParams();
  const address = useMemo(() => read(path, new URLSearchParams(query)), [read, path, query]);
  const latest = useRef(address);
  latest.current = address;
  const show = useCallback(
    (part: Partial<Address>, way: "pushState" | "replaceState") => {
      // Two changes of one moment: the second builds on the first, which the page has not drawn yet.
      latest.current = { ...latest.current, ...part };
      const next = write(latest.current);
      if (next !== window.location.pathname + window.location.search) window.history[way](null, "", next);
    },
    [write],
  );
  const change = useCallback((part: Partial<Address>) => show(part, "replaceState"), [show]);
  const go = useCallback((part: Partial<Address>) => show(part, "pushState"), [show]);
  return { address, change, go };
}
