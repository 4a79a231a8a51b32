"use client";
import { useCallback } from "react";
import { cn } from "../../lib/cn.ts";
import { AddressLink } from "./address-link.tsx";
import { AnalyzeAgain } from "./analyze-again.tsx";
import { type PageAddress, type Part, parts } from "./page-address.ts";
import { RealizedSavings } from "./realized-savings.tsx";
import { RecommendationList } from "./recommendation-list.tsx";
import { RecommendationPanel } from "./recommendation-panel.tsx";
import { partWords } from "./recommendation-words.ts";
import { SavingsPlan } from "./savings-plan.tsx";
import { Suppressions } from "./suppressions.tsx";
import { Thresholds } from "./thresholds.tsx";
import { usePageAddress } from "./use-page-address.ts";

/** What can be saved and why, what to do first, and by which rules; one of them open at /recommendations/<id>. */
export function RecommendationsPage() {
  const { address, change, go } = usePageAddress();
  const { part, id } = address;
  const open = useCallback((opened: string | null) => go({ id: opened }), [go]);
  return (
    <div className="flex min-h-0 flex-1">
      <main id="main" className="scroll-calm min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1280px] px-4 py-8 sm:px-6">
          <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <h1 className="font-semibold text-xl tracking-[-0.015em]">Recommendations</h1>
            <AnalyzeAgain />
          </header>
          <Parts address={address} onPick={(picked) => go({ part: picked, id: null })} />
          <div className="mt-5">
            {part === "list" && <RecommendationList address={address} onChange={change} onOpen={open} />}
            {part === "plan" && <SavingsPlan address={address} onChange={change} onOpen={open} />}
            {part === "saved" && <RealizedSavings address={address} onChange={change} onOpen={open} />}
            {part === "suppressions" && <Suppressions />}
            {part === "thresholds" && <Thresholds />}
          </div>
        </div>
      </main>
      <RecommendationPanel id={id} onOpen={open} />
    </div>
  );
}

function Parts({ address, onPick }: { address: PageAddress; onPick(part: Part): void }) {
  return (
    <nav aria-label="Parts of the page" className="scroll-calm mt-4 flex gap-5 overflow-x-auto border-b">
      {parts.map((value) => (
        <AddressLink
          key={value}
          address={{ ...address, part: value, id: null }}
          onGo={() => onPick(value)}
          aria-current={address.part === value ? "page" : undefined}
          className={cn(
            "-mb-px flex h-9 shrink-0 items-center border-transparent border-b-2 text-sm -outline-offset-2 transition-colors",
            address.part === value ? "border-foreground font-medium" : "text-muted hover:text-foreground",
          )}
        >
          {partWords[value]}
        </AddressLink>
      ))}
    </nav>
  );
}
