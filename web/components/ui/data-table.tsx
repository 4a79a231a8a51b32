import { ArrowDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

/** A column's heading; with `onSort` pressing it sorts by the column. */
export function Head({
  right = false,
  sorted,
  onSort,
  className,
  children,
}: {
  right?: boolean;
  /** In which order the rows are by this column, if they are. */
  sorted?: "ascending" | "descending" | false;
  onSort?(): void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <th
      scope="col"
      aria-sort={sorted || undefined}
      className={cn(
        "border-b px-3 py-1.5 font-medium text-muted text-xs",
        right ? "text-right" : "text-left",
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          className={cn(
            "inline-flex items-center gap-1 whitespace-nowrap hover:text-foreground",
            sorted && "text-foreground",
          )}
          onClick={onSort}
        >
          {children}
          {sorted && (
            <ArrowDown size={12} aria-hidden="true" className={cn(sorted === "ascending" && "rotate-180")} />
          )}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export function Cell({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("border-b px-3 py-1.5 align-top", className)} {...props} />;
}
