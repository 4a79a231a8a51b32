"use client";
import { FilterChoice } from "../ui/filter-field.tsx";
import { type Effort, homeAddress, type PageAddress, type Risk } from "./page-address.ts";
import { useRecommendationPage } from "./use-recommendations.ts";

/** How much risk and effort the plan may take, and where. */
export function PlanLimits({
  address,
  onChange,
}: {
  address: PageAddress;
  onChange(part: Partial<PageAddress>): void;
}) {
  // The first page of the open ones, as the list itself asks for it: it knows the subscriptions.
  const places = useRecommendationPage(homeAddress).data?.subscriptions;
  const { riskUpTo, effortUpTo, subscription } = address;
  const known = places?.some(({ id }) => id === subscription);
  return (
    <search
      aria-label="Limits of the plan"
      className="grid grid-cols-2 gap-2 sm:grid-cols-[200px_200px_240px]"
    >
      <FilterChoice label="Risk" value={riskUpTo} onPick={(picked) => onChange({ riskUpTo: picked as Risk })}>
        <option value="low">Low only</option>
        <option value="medium">Up to medium</option>
        <option value="high">Any</option>
      </FilterChoice>
      <FilterChoice
        label="Effort"
        value={effortUpTo}
        onPick={(picked) => onChange({ effortUpTo: picked as Effort })}
      >
        <option value="easy">Easy only</option>
        <option value="medium">Up to medium</option>
        <option value="hard">Any</option>
      </FilterChoice>
      <FilterChoice
        label="Subscription"
        value={subscription}
        onPick={(picked) => onChange({ subscription: picked })}
      >
        <option value="">All</option>
        {places?.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
        {subscription !== "" && !known && <option value={subscription}>{subscription}</option>}
      </FilterChoice>
    </search>
  );
}
