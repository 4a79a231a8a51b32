"use client";
import { NothingScanned } from "../connections/nothing-scanned.tsx";
import { Button } from "../ui/button.tsx";
import type { Status } from "./page-address.ts";
import { emptyWords } from "./recommendation-words.ts";
import { useLatestAnalysis } from "./use-latest-analysis.ts";

/** No rows: why, and what would bring some. */
export function EmptyList({
  status,
  narrowed,
  beyond,
  onClear,
}: {
  status: Status;
  narrowed: boolean;
  /** The address names a page after the last. */
  beyond: boolean;
  onClear(): void;
}) {
  const { data: analysis } = useLatestAnalysis();
  if (analysis === null && status === "open" && !narrowed && !beyond) {
    return <NothingScanned title="Nothing was analyzed yet" coming="What could be saved" />;
  }
  const { title, text } = words(status, { narrowed, beyond });
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

function words(
  status: Status,
  { narrowed, beyond }: { narrowed: boolean; beyond: boolean },
): { title: string; text: string } {
  if (beyond) return { title: "There are fewer pages than that", text: "The list has become shorter since." };
  if (narrowed) {
    return {
      title: "Nothing fits these filters",
      text: "Take a filter away, or look at another status above.",
    };
  }
  return emptyWords[status];
}
