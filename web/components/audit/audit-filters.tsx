"use client";
import { type ComponentProps, useId } from "react";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { actionTitle } from "./audit-words.ts";
import { type AuditFilter, noFilter } from "./use-audit.ts";

const control =
  "h-8 w-full rounded-md border bg-surface px-2 text-sm transition-colors hover:border-border-strong";

/** What to look for; each choice counts at once. */
export function AuditFilters({
  filter,
  actions,
  onChange,
}: {
  filter: AuditFilter;
  actions: readonly string[];
  onChange(filter: AuditFilter): void;
}) {
  const set = (name: keyof AuditFilter) => (value: string) => onChange({ ...filter, [name]: value });
  const filtered = Object.values(filter).some(Boolean);
  return (
    <search className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-[1.3fr_0.8fr_1.2fr_1.5fr_1fr_1fr_auto]">
      <Field label="What">
        {(id) => (
          <Choice id={id} value={filter.action} onPick={set("action")}>
            <option value="">Everything</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {actionTitle(action)}
              </option>
            ))}
          </Choice>
        )}
      </Field>
      <Field label="Outcome">
        {(id) => (
          <Choice id={id} value={filter.outcome} onPick={set("outcome")}>
            <option value="">Any</option>
            <option value="done">Done</option>
            <option value="refused">Refused</option>
            <option value="failed">Failed</option>
          </Choice>
        )}
      </Field>
      <Field label="Person">
        {(id) => <Text id={id} value={filter.person} placeholder="Name or e-mail" onType={set("person")} />}
      </Field>
      <Field label="Resource or proposal">
        {(id) => (
          <Text id={id} value={filter.resource} placeholder="Part of its id" onType={set("resource")} />
        )}
      </Field>
      <Field label="From (UTC)">
        {(id) => <Text id={id} type="date" value={filter.from} max={filter.to} onType={set("from")} />}
      </Field>
      <Field label="To">
        {(id) => <Text id={id} type="date" value={filter.to} min={filter.from} onType={set("to")} />}
      </Field>
      <Button
        variant="ghost"
        className={cn("self-end justify-self-start", !filtered && "max-lg:hidden lg:invisible")}
        onClick={() => onChange(noFilter)}
      >
        Clear
      </Button>
    </search>
  );
}

function Field({ label, children }: { label: string; children(id: string): React.ReactNode }) {
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

function Choice({ onPick, ...props }: ComponentProps<"select"> & { onPick(value: string): void }) {
  return <select className={control} onChange={(event) => onPick(event.currentTarget.value)} {...props} />;
}

function Text({ onType, ...props }: ComponentProps<"input"> & { onType(value: string): void }) {
  return (
    <input
      autoComplete="off"
      maxLength={200}
      className={control}
      onChange={(event) => onType(event.currentTarget.value)}
      {...props}
    />
  );
}
