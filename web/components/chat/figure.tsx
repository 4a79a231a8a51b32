"use client";
import { type ReactNode, useId, useRef } from "react";
import { cellText } from "../../lib/cell-text.ts";
import { formulaText, type ShownFigure, type ToolStep, toolTitle, valueAt } from "../../lib/figures.ts";
import { formatCount, formatExact, formatMoney } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover.tsx";
import { useProof } from "./proof-context.tsx";

const hoverDelayMs = 120;

/** A proven figure: hover, tap or focus shows where it comes from; its rows are one step further. */
export function FigureLink({
  figure,
  steps,
  children,
}: {
  figure: ShownFigure;
  steps: ToolStep[];
  children: ReactNode;
}) {
  const id = useId();
  const byPointer = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const proof = useProof();
  const open = proof.summary === id;
  const setOpen = (value: boolean) => (value ? proof.showSummary(id) : proof.hideSummary(id));

  const later = (value: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(value), hoverDelayMs);
  };

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          className="rounded-[3px] font-medium tabular-nums underline decoration-(--accent-line) decoration-dotted decoration-from-font underline-offset-4 transition-colors hover:decoration-(--accent) hover:text-accent data-[state=open]:text-accent"
          aria-label={`${figure.text}: proof`}
          onPointerEnter={(event) => {
            if (event.pointerType !== "mouse") return;
            byPointer.current = true;
            later(true);
          }}
          onPointerLeave={(event) => event.pointerType === "mouse" && later(false)}
          onPointerDown={() => {
            byPointer.current = false;
          }}
          onFocus={(event) => {
            if (!event.currentTarget.matches(":focus-visible")) return;
            byPointer.current = true;
            setOpen(true);
          }}
          onBlur={(event) => {
            if (!event.relatedTarget?.closest("[data-figure-proof]")) later(false);
          }}
          onKeyDown={(event) => {
            // Enter goes straight to the rows: the summary is shown by focus already.
            if (event.key !== "Enter") return;
            event.preventDefault();
            setOpen(false);
            proof.open({ figure, steps });
          }}
        >
          {children}
        </button>
      </PopoverTrigger>
      {/* A word joiner: without it a line may break between a figure and the bracket or stop after it. */}
      {"\u2060"}
      <PopoverContent
        data-figure-proof=""
        align="start"
        aria-label={`Proof of ${figure.text}`}
        onOpenAutoFocus={(event) => byPointer.current && event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onPointerEnter={() => clearTimeout(timer.current)}
        onPointerLeave={(event) => event.pointerType === "mouse" && byPointer.current && later(false)}
      >
        <p className="text-muted text-xs">Exact value</p>
        <p className="break-all font-semibold text-lg tabular-nums tracking-[-0.01em]">{exactText(figure)}</p>
        <dl className="mt-3 space-y-2 text-sm">
          <div>
            <dt className="text-muted text-xs">From</dt>
            <dd className="break-words">{figure.provenance}</dd>
          </div>
          {figure.formula !== "identity" && (
            <div>
              <dt className="text-muted text-xs">{formulaText(figure.formula)}</dt>
              <dd className="space-y-0.5 font-mono text-xs">
                {figure.sources.map((source) => (
                  <p key={`${source.call}${source.pointer}`} className="flex justify-between gap-3">
                    <span className="truncate text-muted">
                      {toolTitle(steps[source.call]?.name ?? "")} {source.pointer}
                    </span>
                    <span>{cellText(valueAt(steps[source.call]?.output, source.pointer))}</span>
                  </p>
                ))}
              </dd>
            </div>
          )}
        </dl>
        <Button
          size="small"
          className="mt-3 w-full"
          onClick={() => {
            setOpen(false);
            proof.open({ figure, steps });
          }}
        >
          Open the rows
        </Button>
      </PopoverContent>
    </Popover>
  );
}

/** A number that no result supports; it is never dressed as a fact. */
export function UnprovenFigure({ children }: { children: ReactNode }) {
  return (
    <span
      className="rounded-[3px] bg-warn-soft px-1 text-warn"
      title="No tool result of this answer contains this number."
    >
      <s className="decoration-1">{children}</s> <span className="font-medium text-xs">unproven</span>
    </span>
  );
}

/** The whole value with its unit; money keeps every decimal it has. */
export function exactText({ value, unit }: ShownFigure): string {
  if (/^[A-Z]{3}$/.test(unit)) {
    const decimals = value.split(".")[1]?.length ?? 0;
    return decimals > 2 ? `${formatExact(value)} ${unit}` : formatMoney(value, unit);
  }
  if (unit === "percent") return `${value} %`;
  return unit === "count" ? formatCount(value) : `${value} ${unit}`;
}
