import { useEffect, useRef } from "react";

export interface RowKeys {
  /** Which data attribute of a row holds its id: "proposal" for data-proposal. */
  attribute: string;
  /** The ids in the order they are shown. */
  ids: readonly string[];
  current: string | null;
  onOpen(id: string | null): void;
  /** Another key on the open or focused row; true when it meant something. */
  onOther?(key: string, id: string): boolean;
  /** Escape while one is open: true when something in it closed first. */
  onEscape?(): boolean;
}

/** j and k (or the arrows) walk the list, Enter opens what has the focus, once more goes into it, Escape goes back. */
export function useRowKeys(keys: RowKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  /** Where the open one stood: when it leaves the list, its place is where walking goes on. */
  const place = useRef(-1);
  const index = keys.current === null ? -1 : keys.ids.indexOf(keys.current);
  if (index >= 0) place.current = index;

  const { attribute, current } = keys;
  const before = useRef<string | null>(null);
  useEffect(() => {
    const id = current ?? before.current;
    before.current = current;
    if (id === null) return;
    // What had the focus may be gone with the panel, or with the table that became cards to make room for it.
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      if (active === null || active === document.body || !active.checkVisibility()) {
        rowInSight(attribute, id)?.focus();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [attribute, current]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      const { attribute, ids, current, onOpen, onOther, onEscape } = latest.current;
      const row = (id: string) => rowInSight(attribute, id);
      const focused = (document.activeElement as HTMLElement | null)?.dataset[attribute];
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step && ids.length > 0) {
        event.preventDefault();
        const from = focused === undefined ? -1 : ids.indexOf(focused);
        const start = from >= 0 ? from : step > 0 ? place.current - 1 : place.current;
        const next = ids[Math.min(ids.length - 1, Math.max(0, start + step))]!;
        row(next)?.focus();
        // With one open beside the list, walking reads on in it.
        if (current !== null) onOpen(next);
      } else if (event.key === "Enter" && focused !== undefined && focused === current) {
        event.preventDefault();
        // Otherwise the rest of the list would be to pass before what is open can be used.
        document.querySelector<HTMLElement>("[data-row-panel]")?.focus();
      } else if (event.key === "Escape" && current !== null) {
        if (!onEscape?.()) onOpen(null);
        row(current)?.focus();
      } else {
        const id = current ?? focused;
        if (id && onOther?.(event.key, id)) event.preventDefault();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A list may be drawn twice, as a table and as cards: one of them is in sight. */
function rowInSight(attribute: string, id: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-${attribute}="${CSS.escape(id)}"]`)].find(
    (element) => element.checkVisibility(),
  );
}

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, [contenteditable]")) return key !== "Escape";
  // A menu or a dialog of something else has its own keys.
  const dialog = target.closest("[role=dialog]");
  return (
    target.closest("[role=menu]") !== null || (dialog !== null && !dialog.querySelector("[data-row-panel]"))
  );
}
