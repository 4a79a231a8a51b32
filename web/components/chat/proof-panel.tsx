"use client";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { cellText } from "../../lib/cell-text.ts";
import { formulaText, type ToolStep, toolTitle, valueAt } from "../../lib/figures.ts";
import { useMedia } from "../../lib/use-media.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { exactText } from "./figure.tsx";
import { type Proof, useProof } from "./proof-context.tsx";
import { ResultRows } from "./result-rows.tsx";

/** Where a figure comes from, down to the rows: beside the thread where there is room, over it where not. */
export function ProofPanel() {
  const { proof, close } = useProof();
  const beside = useMedia("(min-width: 1100px)");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (proof && beside) heading.current?.focus();
  }, [proof, beside]);

  if (!beside) {
    return (
      <Sheet open={proof !== null} onOpenChange={(open) => !open && close()} side="right" title="Proof">
        {proof && <ProofBody proof={proof} />}
      </Sheet>
    );
  }
  if (!proof) return null;
  return (
    <aside
      aria-label="Proof"
      className="relative flex w-[400px] shrink-0 animate-rise flex-col border-l bg-background"
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <h2 ref={heading} tabIndex={-1} className="sr-only">
        Proof
      </h2>
      <ProofBody proof={proof} />
      <Button
        variant="ghost"
        size="icon"
        aria-label="Close the proof"
        className="absolute top-2 right-2"
        onClick={close}
      >
        <X size={16} />
      </Button>
    </aside>
  );
}

function ProofBody({ proof: { figure, steps } }: { proof: Proof }) {
  const calls = figure
    ? [...new Set(figure.sources.map(({ call }) => call))]
    : steps.map((_, index) => index);
  return (
    <div className="scroll-calm min-h-0 flex-1 overflow-y-auto p-5">
      {figure ? (
        <header>
          <p className="pr-8 text-muted text-xs">{figure.text} is exactly</p>
          <p className="mt-0.5 break-all font-semibold text-xl tabular-nums tracking-[-0.015em]">
            {exactText(figure)}
          </p>
          <p className="mt-2 text-muted text-sm">{figure.provenance}</p>
          <div className="mt-4">
            <p className="text-muted text-xs">{formulaText(figure.formula)}</p>
            <ul className="mt-1 divide-y rounded-lg border bg-surface">
              {figure.sources.map((source) => (
                <li key={`${source.call}${source.pointer}`} className="flex items-baseline gap-3 px-3 py-2">
                  <code className="min-w-0 flex-1 break-all text-muted text-xs">{source.pointer}</code>
                  <span className="font-medium text-sm tabular-nums">
                    {cellText(valueAt(steps[source.call]?.output, source.pointer))}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </header>
      ) : (
        <header className="pr-8">
          <h3 className="font-semibold text-base">What this answer is made from</h3>
          <p className="mt-1 text-muted text-sm">Every figure comes from one of these results.</p>
        </header>
      )}
      {calls.map((call) => {
        const step = steps[call];
        return step ? (
          <CallDetails
            key={call}
            step={step}
            pointers={
              figure?.sources.filter((source) => source.call === call).map(({ pointer }) => pointer) ?? []
            }
          />
        ) : null;
      })}
    </div>
  );
}

function CallDetails({ step, pointers }: { step: ToolStep; pointers: string[] }) {
  return (
    <section className="mt-6 border-t pt-4">
      <h3 className="flex items-baseline gap-2 font-medium text-sm">
        {toolTitle(step.name)}
        <code className="truncate font-normal text-faint text-xs">{step.name}</code>
      </h3>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs leading-5">
        {Object.entries((step.input ?? {}) as Record<string, unknown>).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words font-mono">{cellText(value)}</dd>
          </div>
        ))}
      </dl>
      {step.state === "failed" ? (
        <p className="mt-3 text-sm text-worse">Failed: {step.error ?? "no reason was given"}</p>
      ) : (
        <ResultRows output={step.output} pointers={pointers} />
      )}
    </section>
  );
}
