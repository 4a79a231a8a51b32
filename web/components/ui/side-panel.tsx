"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useMedia } from "../../lib/use-media.ts";
import { Button } from "./button.tsx";
import { Sheet } from "./sheet.tsx";

/** What a list has open: beside the list where there is room, over it where not. */
export function SidePanel({
  label,
  open,
  onClose,
  header,
  children,
}: {
  /** What it shows, e.g. "Proposal". */
  label: string;
  open: boolean;
  onClose(): void;
  /** A line that stays at its top. */
  header: ReactNode;
  children: ReactNode;
}) {
  const beside = useMedia("(min-width: 1100px)");
  const body = open && (
    // The list's own keys (use-row-keys.ts) work on from in here.
    <div
      data-row-panel=""
      tabIndex={-1}
      className="scroll-calm min-h-0 flex-1 overflow-y-auto pb-6 outline-none"
    >
      <div className="sticky top-0 z-10 flex min-h-12 items-center border-b bg-surface py-2 pr-12 pl-4">
        {header}
      </div>
      {children}
    </div>
  );
  if (!beside) {
    return (
      <Sheet
        open={open}
        onOpenChange={(stays) => !stays && onClose()}
        side="right"
        title={label}
        className="w-full max-w-[560px] bg-surface"
      >
        {body}
      </Sheet>
    );
  }
  if (!open) return null;
  return (
    <aside aria-label={label} className="relative flex w-[480px] shrink-0 flex-col border-l bg-surface">
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Close the ${label.toLowerCase()}`}
        className="absolute top-2 right-2 z-20"
        onClick={onClose}
      >
        <X size={16} />
      </Button>
      {body}
    </aside>
  );
}
