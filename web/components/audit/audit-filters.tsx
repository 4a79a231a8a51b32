"use client";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice, FilterText } from "../ui/filter-field.tsx";
import { actionTitle } from "./audit-words.ts";
import { type AuditFilter, noFilter } from "./use-audit.ts";

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
      <FilterChoice label="What" value={filter.action} onPick={set("action")}>
        <option value="">Everything</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {actionTitle(action)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice label="Outcome" value={filter.outcome} onPick={set("outcome")}>
        <option value="">Any</option>
        <option value="done">Done</option>
        <option value="refused">Refused</option>
        <option value="failed">Failed</option>
      </FilterChoice>
      <FilterText label="Person" value={filter.person} placeholder="Name or e-mail" onType={set("person")} />
      <FilterText
        label="Resource or proposal"
        value={filter.resource}
        placeholder="Part of its id"
        onType={set("resource")}
      />
      <FilterText label="From (UTC)" type="date" value={filter.from} max={filter.to} onType={set("from")} />
      <FilterText label="To" type="date" value={filter.to} min={filter.from} onType={set("to")} />
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
