"use client";
import type { ComponentProps } from "react";

/** A place on this page: the list stays as it is, and as a link it can be opened in another tab and sent to somebody. */
export function PlaceLink({
  href,
  onGo,
  ...props
}: Omit<ComponentProps<"a">, "onClick"> & { href: string; onGo(): void }) {
  return (
    <a
      href={href}
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
