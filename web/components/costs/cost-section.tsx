import type { ReactNode } from "react";

/** One headed part of the page, with what it means in a sentence and its choices at the right. */
export function CostSection({
  title,
  text,
  choices,
  children,
}: {
  title: string;
  text?: ReactNode;
  choices?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mt-8">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-base">{title}</h2>
          {text && <p className="text-muted text-sm">{text}</p>}
        </div>
        {choices && <div className="flex gap-2">{choices}</div>}
      </div>
      <div className="mt-3">{children}</div>
    </section>
  );
}
