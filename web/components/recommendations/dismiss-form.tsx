"use client";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";

/** Asks why, because it is for good. */
export function DismissForm({
  busy,
  onDismiss,
  onKeep,
}: {
  busy: boolean;
  onDismiss(reason: string): void;
  onKeep(): void;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDismiss(readForm(event.currentTarget, ["reason"]).reason.trim());
      }}
    >
      <TextField
        label="Why is it not to be done?"
        hint="Kept with it and in the audit log. Later scans do not list it again, until somebody opens it again."
        name="reason"
        maxLength={500}
        autoComplete="off"
        autoFocus
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" size="small" variant="primary" disabled={busy}>
          {busy ? "Dismissing…" : "Dismiss"}
        </Button>
        <Button size="small" variant="ghost" disabled={busy} onClick={onKeep}>
          Keep it
        </Button>
      </div>
    </form>
  );
}
