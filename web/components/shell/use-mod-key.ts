"use client";
import { useSyncExternalStore } from "react";

/** The name of this keyboard's command key. */
export function useModKey(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
