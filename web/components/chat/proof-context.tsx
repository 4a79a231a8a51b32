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
} | null>(null);

export function ProofProvider({ children }: { children: ReactNode }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const value = useMemo(() => ({ proof, open: setProof, close: () => setProof(null) }), [proof]);
  return <ProofContext value={value}>{children}</ProofContext>;
}

export function useProof() {
  const value = useContext(ProofContext);
  if (!value) throw new Error("useProof is for pages inside ProofProvider.");
  return value;
}
