"use client";
import { type ComponentProps, type ReactNode, useId } from "react";

const control =
  "h-8 w-full rounded-md border bg-surface px-2 text-sm transition-colors hover:border-border-strong";

/** A labelled choice above a list; it counts at once. */
export function FilterChoice({
  label,
  onPick,
  ...props
}: Omit<ComponentProps<"select">, "onChange"> & { label: string; onPick(value: string): void }) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select
          id={id}
          className={control}
          onChange={(event) => onPick(event.currentTarget.value)}
          {...props}
        />
      )}
    </Labelled>
  );
}

/** What there is to choose; what is chosen stays in it also where nothing is left of it. */
export function FilterOptions({
  choices,
  picked,
  pickedLabel = picked,
}: {
  choices: readonly { id: string; label: string; count: number }[] | undefined;
  picked: string;
  pickedLabel?: string;
}) {
  const known = choices?.some(({ id }) => id === picked);
  return (
    <>
      {choices?.map(({ id, label, count }) => (
        <option key={id} value={id}>
          {label} ({count})
        </option>
      ))}
      {picked !== "" && !known && <option value={picked}>{pickedLabel}</option>}
    </>
  );
}

/** A labelled text or day above a list. */
export function FilterText({
  label,
  onType,
  ...props
}: Omit<ComponentProps<"input">, "onChange"> & { label: string; onType(value: string): void }) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          autoComplete="off"
          maxLength={200}
          className={control}
          onChange={(event) => onType(event.currentTarget.value)}
          {...props}
        />
      )}
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block pb-0.5 text-muted text-xs">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
