import type { ReactNode } from "react";

/** A headed part of a side panel. */
export function PanelPart({
  title,
  aside,
  children,
}: {
  title: string;
  /** At the right of the heading. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="px-4 pt-5">
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <h3 className="font-medium text-sm">{title}</h3>
        {aside && <span className="text-faint text-xs tabular-nums">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** One line of a panel's list of facts, inside a `dl` of two columns. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
