import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";

/** A whole page that says one thing: what happened and what to do. */
export function Notice({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <div className="w-full max-w-sm">
        <Logo />
        <h1 className="mt-6 font-semibold text-xl tracking-[-0.015em]">{title}</h1>
        <p className="mt-2 text-muted">{text}</p>
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
