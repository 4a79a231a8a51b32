"use client";
import { type Pillar, pillarLabels, pillars, severities } from "@cloudoptima/tools/assessment/pillars.ts";
import { type ComponentProps, useId } from "react";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { type AssessmentFilter, noFilter, usePlaces } from "./use-assessment.ts";

/** What to look at; each choice counts at once. */
export function AssessmentFilters({
  filter,
  onChange,
}: {
  filter: AssessmentFilter;
  onChange(filter: AssessmentFilter): void;
}) {
  const subscriptions = usePlaces("subscription");
  const groups = usePlaces("resource_group");
  const filtered = Object.values(filter).some(Boolean);
  return (
    <search className="grid grid-cols-2 gap-2 lg:grid-cols-[1fr_0.7fr_1.2fr_1.2fr_auto]">
      <Choice
        label="Pillar"
        value={filter.pillar}
        onPick={(pillar) => onChange({ ...filter, pillar: pillar as Pillar | "" })}
      >
        <option value="">All five</option>
        {pillars.map((pillar) => (
          <option key={pillar} value={pillar}>
            {pillarLabels[pillar]}
          </option>
        ))}
      </Choice>
      <Choice
        label="Severity"
        value={filter.severity}
        onPick={(severity) => onChange({ ...filter, severity: severity as AssessmentFilter["severity"] })}
      >
        <option value="">Any</option>
        {severities.map((severity) => (
          <option key={severity} value={severity}>
            {severity[0]!.toUpperCase() + severity.slice(1)}
          </option>
        ))}
      </Choice>
      <Choice
        label="Subscription"
        value={filter.subscription}
        onPick={(subscription) => onChange({ ...filter, subscription })}
      >
        <option value="">All</option>
        {subscriptions.data?.places.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice
        label="Resource group"
        value={filter.resourceGroup}
        onPick={(resourceGroup) => onChange({ ...filter, resourceGroup })}
      >
        <option value="">All, worst first</option>
        {[...new Set(groups.data?.places.map(({ label }) => label))].map((label) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </Choice>
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

function Choice({
  label,
  onPick,
  ...props
}: Omit<ComponentProps<"select">, "onChange"> & { label: string; onPick(value: string): void }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block pb-0.5 text-muted text-xs">
        {label}
      </label>
      <select
        id={id}
        className="h-8 w-full rounded-md border bg-surface px-2 text-sm transition-colors hover:border-border-strong"
        onChange={(event) => onPick(event.currentTarget.value)}
        {...props}
      />
    </div>
  );
}
