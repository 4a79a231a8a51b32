"use client";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { ShownFigure, ToolStep } from "../../lib/figures.ts";

/** What the panel on the right shows: one figure's proof, or all calls of an answer. */
export interface Proof {
  figure: ShownFigure | null;
  steps: ToolStep[];
}

const ProofContext = createContext<{
  proof: Proof | null;
  open(proof: Proof): void;
  close(): void;
  /** Which figure's summary floats over the page: one at a time, whatever a finger or a pointer touches. */
  summary: string | null;
  showSummary(id: string): void;
  hideSummary(id: string): void;
} | null>(null);

export function ProofProvider({ children }: { children: ReactNode }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const [summary, showSummary] = useState<string | null>(null);
  const value = useMemo(
    () => ({
      proof,
      open: setProof,
      close: () => setProof(null),
      summary,
      showSummary,
      hideSummary: (id: string) => showSummary((shown) => (shown === id ? null : shown)),
    }),
    [proof, summary],
  );
  return <ProofContext value={value}>{children}</ProofContext>;
}

export function useProof() {
  const value = useContext(ProofContext);
  if (!value) throw new Error("useProof is for pages inside ProofProvider.");
  return value;
}
