import type { View } from "@cloudoptima/tools/kernel/view.ts";

/** A view with nothing to look at; the answer's words say so already. */
export function isEmptyView(view: View): boolean {
  switch (view.type) {
    case "bar":
    case "table":
      return view.rows.length === 0;
    case "line":
      return view.points.length === 0;
    case "list":
      return view.items.length === 0;
    default:
      return false;
  }
}

/** What a call grouped by, "service" where it did not say. */
export function dimensionOf(input: unknown): string {
  const { groupBy } = (input ?? {}) as { groupBy?: unknown };
  return typeof groupBy === "string" ? groupBy : "service";
}
