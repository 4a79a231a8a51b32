import { useEffect, useRef } from "react";
import type { Asking } from "./decision-bar.tsx";

export interface ListKeys {
  /** The ids in the order they are shown. */
  ids: readonly string[];
  current: string | null;
  /** Whether a confirmation or a reason is being asked for. */
  asking: Asking;
  onOpen(id: string | null): void;
  onAsk(asking: Asking): void;
}

/** j and k (or the arrows) walk the list, Enter opens, a and r ask about the open one, Escape goes back. */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  /** Where the open one stood: when it leaves the list, its place is where walking goes on. */
  const place = useRef(-1);
  const index = keys.current === null ? -1 : keys.ids.indexOf(keys.current);
  if (index >= 0) place.current = index;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      const { ids, current, asking, onOpen, onAsk } = latest.current;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step && ids.length > 0) {
        event.preventDefault();
        const focused = focusedId();
        const from = focused === undefined ? -1 : ids.indexOf(focused);
        const start = from >= 0 ? from : step > 0 ? place.current - 1 : place.current;
        const next = ids[Math.min(ids.length - 1, Math.max(0, start + step))]!;
        row(next)?.focus();
        // With one open beside the list, walking reads on in it.
        if (current !== null) onOpen(next);
      } else if (event.key === "a" || event.key === "r") {
        const focused = current ?? focusedId();
        if (!focused) return;
        event.preventDefault();
        onOpen(focused);
        onAsk(event.key === "a" ? "approve" : "reject");
      } else if (event.key === "Escape" && current !== null) {
        if (asking) onAsk(null);
        else onOpen(null);
        row(current)?.focus();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

const row = (id: string) => document.querySelector<HTMLElement>(`[data-proposal="${CSS.escape(id)}"]`);
const focusedId = () => (document.activeElement as HTMLElement | null)?.dataset.proposal;

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, [contenteditable]")) return key !== "Escape";
  // A menu or a dialog of something else has its own keys.
  const dialog = target.closest("[role=dialog]");
  return (
    target.closest("[role=menu]") !== null || (dialog !== null && !dialog.querySelector("[data-approval]"))
  );
}
