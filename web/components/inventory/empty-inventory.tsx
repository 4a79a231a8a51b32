"use client";
import { NothingScanned } from "../connections/nothing-scanned.tsx";
import { Button } from "../ui/button.tsx";
import type { Existence } from "./inventory-address.ts";

/** No rows: why, and what would bring some. */
export function EmptyInventory({
  existence,
  narrowed,
  beyond,
  unknown,
  onClear,
}: {
  existence: Existence;
  narrowed: boolean;
  /** The address names a page after the last. */
  beyond: boolean;
  /** No resource is known at all. */
  unknown: boolean;
  onClear(): void;
}) {
  if (unknown && !narrowed && !beyond && existence !== "gone") {
    return <NothingScanned title="Nothing was scanned yet" coming="Every resource, with what it costs," />;
  }
  const { title, text } = words({ existence, narrowed, beyond });
  return (
    <div className="rounded-lg border border-dashed px-6 py-14 text-center">
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">{text}</p>
      {(narrowed || beyond) && (
        <Button className="mt-4" onClick={onClear}>
          {narrowed ? "Clear the filters" : "To the first page"}
        </Button>
      )}
    </div>
  );
}

function words({
  existence,
  narrowed,
  beyond,
}: {
  existence: Existence;
  narrowed: boolean;
  beyond: boolean;
}): { title: string; text: string } {
  if (beyond) return { title: "There are fewer pages than that", text: "The list has become shorter since." };
  if (narrowed) {
    return { title: "Nothing fits these filters", text: "Take a filter away, or look at what is gone." };
  }
  if (existence === "gone") {
    return {
      title: "Nothing is gone",
      text: "A resource that a scan no longer finds is kept here, with its costs and what it was.",
    };
  }
  return { title: "Nothing is there any more", text: "All that was known is gone." };
}
