"use client";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";

/** Asks why: whoever proposed it learns from the reason. */
export function RejectForm({
  busy,
  onReject,
  onKeep,
}: {
  busy: boolean;
  onReject(reason: string): void;
  onKeep(): void;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onReject(readForm(event.currentTarget, ["reason"]).reason.trim());
      }}
    >
      <TextField
        label="Why not? (kept with the decision)"
        name="reason"
        maxLength={500}
        autoComplete="off"
        autoFocus
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? "Rejecting…" : "Reject"}
        </Button>
        <Button variant="ghost" disabled={busy} onClick={onKeep}>
          Keep it waiting
        </Button>
      </div>
    </form>
  );
}
