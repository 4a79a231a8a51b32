"use client";
import { useState } from "react";
import { Button } from "../ui/button.tsx";

/** Something that cannot be taken back: the first press asks, the second does it. */
export function ConfirmButton({
  label,
  question,
  describe,
  busy = false,
  onConfirm,
}: {
  label: string;
  /** On the second button, e.g. "Remove for good". */
  question: string;
  /** For people who hear the page: which one. */
  describe: string;
  busy?: boolean;
  onConfirm(): void;
}) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button
        size="small"
        variant="ghost"
        disabled={busy}
        aria-label={`${label} ${describe}`}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
    );
  }
  return (
    <span className="inline-flex gap-1">
      <Button
        size="small"
        className="text-worse"
        disabled={busy}
        autoFocus
        aria-label={`${question}: ${describe}`}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {question}
      </Button>
      <Button size="small" variant="ghost" onClick={() => setAsking(false)}>
        Keep
      </Button>
    </span>
  );
}
