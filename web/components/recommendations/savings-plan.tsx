"use client";
import { useMemo, useState } from "react";
import { problemText } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import { useRowKeys } from "../../lib/use-row-keys.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { PlanLimits } from "./plan-limits.tsx";
import { PlanSteps } from "./plan-steps.tsx";
import type { PartProps } from "./recommendation-list.tsx";
import { type Plan, useSavingsPlan } from "./use-recommendations.ts";

/** A plan of hundreds is drawn whole only for who asks for it. */
const firstSteps = 100;
const allSteps = 5_000;

/** What to do first: the best set that can be done together within limits, in order, and how good it is. */
export function SavingsPlan({ address, onChange, onOpen }: PartProps) {
  const [limit, setLimit] = useState(firstSteps);
  const found = useSavingsPlan(address, limit);
  const { data } = found;
  const ids = useMemo(
    () => data?.plans.flatMap(({ steps }) => steps.map((step) => step.recommendationId)) ?? [],
    [data],
  );
  useRowKeys({ attribute: "recommendation", ids, current: address.id, onOpen });
  return (
    <>
      <PlanLimits address={address} onChange={onChange} />
      <Problem text={found.isError ? problemText(found.error) : null} className="mt-4" />
      {found.isError && (
        <Button className="mt-2" onClick={() => found.refetch()}>
          Try again
        </Button>
      )}
      {found.isPending && <Skeleton className="mt-4 h-96 rounded-lg border bg-surface" />}
      {data && (
        <div className={cn("transition-opacity", found.isPlaceholderData && "opacity-50")}>
          {data.plans.some(({ stepCount }) => stepCount > 1) && (
            <p className="mt-4 -mb-2 text-faint text-xs">
              {data.order.why} Of two steps on one resource, the one that the other’s saving builds on comes
              first.
            </p>
          )}
          {data.plans.map((plan) => (
            <OnePlan
              key={plan.monthlySavings.currency}
              plan={plan}
              address={address}
              onOpen={onOpen}
              onAll={() => setLimit(allSteps)}
            />
          ))}
          {data.plans.length === 0 && (
            <div className="mt-4 rounded-lg border border-dashed px-6 py-14 text-center">
              <p className="font-medium">Nothing can be saved within these limits</p>
              <p className="mx-auto mt-1 max-w-sm text-muted">
                {data.overLimitCount > 0
                  ? `${formatCount(data.overLimitCount)} recommendations are of more risk or effort: raise a limit to plan with them.`
                  : "There are no open recommendations with a saving here. A scan looks for more, and so does the button above."}
              </p>
            </div>
          )}
          <p className="mt-4 text-muted text-sm">
            {data.plans.length > 0 && data.basis}
            {data.plans.length > 0 &&
              data.overLimitCount > 0 &&
              ` ${formatCount(data.overLimitCount)} of more risk or effort are not in it.`}
            {data.unpricedCount > 0 && ` ${formatCount(data.unpricedCount)} have no saving to total.`}
          </p>
        </div>
      )}
    </>
  );
}

function OnePlan({
  plan,
  address,
  onOpen,
  onAll,
}: { plan: Plan; onAll(): void } & Pick<PartProps, "address" | "onOpen">) {
  const { monthlySavings, annualSavings, stepCount, steps, optimum, excluded, excludedCount } = plan;
  const { currency } = monthlySavings;
  return (
    <section aria-label={`Savings plan, ${currency}`} className="mt-4">
      <div className="rounded-lg border bg-surface p-4">
        <p className="tabular-nums">
          <span className="font-semibold text-2xl tracking-[-0.02em]">
            {formatMoney(monthlySavings.value, currency)}
          </span>{" "}
          <span className="text-muted text-sm">
            a month ·{" "}
            <span className="whitespace-nowrap">{formatMoney(annualSavings.value, currency)} a year</span>, at
            your rates
          </span>
        </p>
        <p className="mt-1 text-muted text-sm">
          {formatCount(stepCount)} {stepCount === 1 ? "step" : "steps that can be done together"}.{" "}
          {optimum.isBest
            ? "No other set within these limits saves more."
            : `No set within these limits saves more than ${formatMoney(optimum.monthlyBound.value, currency)} a month.`}
        </p>
      </div>
      <PlanSteps steps={steps} current={address.id} onOpen={onOpen} />
      {stepCount > steps.length && (
        <div className="mt-2 flex flex-wrap items-center gap-3 text-muted text-sm">
          <p>
            The first {formatCount(steps.length)} of {formatCount(stepCount)} steps; the total is that of all.
          </p>
          {steps.length < allSteps && (
            <Button size="small" onClick={onAll}>
              Show all
            </Button>
          )}
        </div>
      )}
      {excludedCount > 0 && (
        <details className="mt-3 rounded-lg border bg-surface text-sm">
          <summary className="px-3 py-2 -outline-offset-2">
            {formatCount(excludedCount)} left out, because {excludedCount === 1 ? "it cannot" : "they cannot"}{" "}
            be done together with a step
          </summary>
          <ul className="divide-y border-t">
            {excluded.map(({ title, because, monthlySavings: alone }) => (
              <li key={title} className="px-3 py-1.5">
                <span className="[overflow-wrap:anywhere]">{title}</span>
                <span className="block [overflow-wrap:anywhere] text-muted text-xs tabular-nums">
                  {because} Alone it would save {formatMoney(alone.value, alone.currency)} a month.
                </span>
              </li>
            ))}
          </ul>
          {excludedCount > excluded.length && (
            <p className="border-t px-3 py-1.5 text-muted">
              and {formatCount(excludedCount - excluded.length)} more
            </p>
          )}
        </details>
      )}
    </section>
  );
}
