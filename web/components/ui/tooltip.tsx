"use client";
import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";

/** A label on hover and focus; `keys` shows the shortcut beside it. */
export function Tooltip({ label, keys, children }: { label: string; keys?: string[]; children: ReactNode }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex items-center gap-2 rounded-md bg-primary px-2 py-1 text-primary-foreground text-xs"
        >
          {label}
          {keys?.map((key) => (
            <Kbd key={key} inverted>
              {key}
            </Kbd>
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
