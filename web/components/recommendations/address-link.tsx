"use client";
import type { ComponentProps } from "react";
import { type PageAddress, writeAddress } from "./page-address.ts";

/** A place on this page: the list stays as it is, and as a link it can be opened in another tab and sent to somebody. */
export function AddressLink({
  address,
  onGo,
  ...props
}: Omit<ComponentProps<"a">, "href" | "onClick"> & { address: PageAddress; onGo(): void }) {
  return (
    <a
      href={writeAddress(address)}
      onClick={(event) => {
        // The row around it opens the same.
        event.stopPropagation();
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onGo();
      }}
      {...props}
    />
  );
}
