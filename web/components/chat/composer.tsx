"use client";
import { ArrowUp, Square } from "lucide-react";
import { type RefObject, useEffect, useLayoutEffect } from "react";
import { Button } from "../ui/button.tsx";
import { Tooltip } from "../ui/tooltip.tsx";

const tallestPx = 180;

/** Where a question is typed. `/` comes here, Enter asks, Esc stops, arrow-up takes the last question back. */
export function Composer({
  value,
  onChange,
  onSubmit,
  onStop,
  onRecall,
  busy,
  inputRef,
}: {
  value: string;
  onChange(value: string): void;
  onSubmit(): void;
  onStop(): void;
  /** The last question, to edit it; undefined when there is none. */
  onRecall(): string | undefined;
  busy: boolean;
  inputRef: RefObject<HTMLTextAreaElement | null>;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with what is typed
  useLayoutEffect(() => {
    const input = inputRef.current;
    if (!input) return;
    input.style.height = "0";
    input.style.height = `${Math.min(input.scrollHeight, tallestPx)}px`;
  }, [value, inputRef]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = (event.target as HTMLElement | null)?.closest?.("input, textarea, [contenteditable]");
      if (event.key === "/" && !inField && !event.metaKey && !event.ctrlKey) {
        event.preventDefault();
        inputRef.current?.focus();
      }
      if (event.key === "Escape" && busy && !event.defaultPrevented) onStop();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [busy, onStop, inputRef]);

  return (
    <form
      className="relative rounded-xl border border-border-strong bg-surface transition-colors focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <label htmlFor="question" className="sr-only">
        Your question
      </label>
      <textarea
        id="question"
        ref={inputRef}
        rows={1}
        value={value}
        maxLength={4000}
        placeholder="Ask about your cloud cost…"
        className="block max-h-[180px] w-full resize-none bg-transparent py-3 pr-13 pl-4 text-[15px] leading-6 outline-none focus-visible:outline-none max-sm:text-base"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onSubmit();
          }
          if (event.key === "ArrowUp" && value === "") {
            const last = onRecall();
            if (last !== undefined) {
              event.preventDefault();
              onChange(last);
            }
          }
        }}
      />
      <div className="absolute right-2 bottom-2">
        {busy ? (
          <Tooltip label="Stop" keys={["Esc"]}>
            <Button variant="primary" size="icon" aria-label="Stop the answer" onClick={onStop}>
              <Square size={12} fill="currentColor" />
            </Button>
          </Tooltip>
        ) : (
          <Button variant="primary" size="icon" type="submit" aria-label="Ask" disabled={value.trim() === ""}>
            <ArrowUp size={16} />
          </Button>
        )}
      </div>
    </form>
  );
}
