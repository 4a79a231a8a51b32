"use client";
import type { ReactNode } from "react";
import { problemText } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { PageAddress } from "./page-address.ts";
import { type SavingsSum, useSavings } from "./use-recommendations.ts";

type Amount = SavingsSum["alone"][number]["monthlySavings"];

/** What all that match save: together, as a plan of them would, and at most alone. The list's own savings add to nothing. */
export function SavingsSummary({ address, onPlan }: { address: PageAddress; onPlan(): void }) {
  const sum = useSavings(address);
  const { data } = sum;
  if (sum.isError) return <Problem text={problemText(sum.error)} className="mt-4" />;
  if (!data) return <Skeleton className="mt-4 h-28 rounded-lg border bg-surface" />;
  return (
    <section
      aria-label="Savings of what is listed"
      className={cn(
        "mt-4 grid min-h-31 gap-px overflow-hidden rounded-lg border bg-border transition-opacity",
        data.together && "sm:grid-cols-2",
        sum.isPlaceholderData && "opacity-50",
      )}
      aria-busy={sum.isPlaceholderData}
    >
      {data.together && (
        <Figure title="Together" amounts={data.together} none="Nothing to total" text={togetherText(data)}>
          {data.together.map(({ isBest, monthlyBound }) =>
            isBest ? null : (
              <span key={monthlyBound.currency} className="block">
                At most {money(monthlyBound)} a month is possible; the best set of so many cannot be told.
              </span>
            ),
          )}
          {data.together.length > 0 && (
            <button type="button" className="text-accent underline underline-offset-2" onClick={onPlan}>
              See the plan
            </button>
          )}
        </Figure>
      )}
      <Figure
        title="Each alone"
        upTo
        amounts={data.alone}
        none={data.recommendationCount === 0 ? "Nothing here" : "The data cannot tell"}
        text={
          data.together
            ? "The largest single one. Savings in the list are each alone and do not add up: one can rule out or shrink another."
            : "The largest single one, as it was last judged. These are no longer open, so nothing is totalled."
        }
      />
    </section>
  );
}

function Figure({
  title,
  amounts,
  upTo = false,
  none,
  text,
  children,
}: {
  title: string;
  amounts: readonly { monthlySavings: Amount; annualSavings: Amount }[];
  upTo?: boolean;
  none: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="bg-surface p-4">
      <h2 className="text-muted text-sm">{title}</h2>
      {amounts.length === 0 && <p className="mt-1 font-medium">{none}</p>}
      {amounts.map(({ monthlySavings, annualSavings }) => (
        <p key={monthlySavings.currency} className="mt-1 tabular-nums">
          {upTo && <span className="text-muted text-sm">up to </span>}
          <span className="font-semibold text-2xl tracking-[-0.02em]">{money(monthlySavings)}</span>{" "}
          <span className="text-muted text-sm">
            a month · <span className="whitespace-nowrap">{money(annualSavings)} a year</span>
          </span>
        </p>
      ))}
      <p className="mt-1 text-muted text-xs">
        {text} {children}
      </p>
    </div>
  );
}

function togetherText({ together, recommendationCount, leftOutCount, unpricedCount }: SavingsSum): string {
  const inTotal = together!.reduce((count, one) => count + one.recommendationCount, 0);
  const said =
    inTotal > 0
      ? [
          `${formatCount(inTotal)} of the ${formatCount(recommendationCount)} listed go together and save most, at your rates.`,
        ]
      : [];
  if (leftOutCount > 0)
    said.push(`${formatCount(leftOutCount)} left out: beside what saves more they add nothing.`);
  if (unpricedCount > 0)
    said.push(`${formatCount(unpricedCount)} ${unpricedCount === 1 ? "has" : "have"} no saving to total.`);
  return said.join(" ");
}

const money = ({ value, currency }: Amount) => formatMoney(value, currency);
