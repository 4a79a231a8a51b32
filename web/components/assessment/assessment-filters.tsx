"use client";
import { type Pillar, pillarLabels, pillars, severities } from "@cloudoptima/tools/assessment/pillars.ts";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice } from "../ui/filter-field.tsx";
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
      <FilterChoice
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
      </FilterChoice>
      <FilterChoice
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
      </FilterChoice>
      <FilterChoice
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
      </FilterChoice>
      <FilterChoice
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
      </FilterChoice>
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
