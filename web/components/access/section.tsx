import type { ReactNode } from "react";

/** One part of a settings page: what it is at the left, what one does at the right. */
export function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-3 border-t py-6 md:grid-cols-[220px_1fr]">
      <div>
        <h2 className="font-medium">{title}</h2>
        <p className="mt-1 text-muted text-sm">{text}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

/** The frame of a settings page. */
export function SettingsPage({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <main id="main" className="scroll-calm min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[860px] px-4 py-8 sm:px-6">
        <h1 className="font-semibold text-xl tracking-[-0.015em]">{title}</h1>
        <p className="mt-1 mb-6 text-muted text-sm">{text}</p>
        {children}
      </div>
    </main>
  );
}
