"use client";
import { problemText } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import { FilterChoice } from "../ui/filter-field.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { type PageAddress, spans } from "./page-address.ts";
import { RealizedTable } from "./realized-table.tsx";
import type { PartProps } from "./recommendation-list.tsx";
import { spanWords } from "./recommendation-words.ts";
import { type Realized, useRealizedSavings } from "./use-recommendations.ts";

/** What was done to save and what it saved since, measured against what would have been spent. */
export function RealizedSavings({ address, onChange, onOpen }: PartProps) {
  const found = useRealizedSavings(address);
  const { data } = found;
  return (
    <>
      <search aria-label="Which days" className="grid sm:grid-cols-[240px]">
        <FilterChoice
          label="Saved in"
          value={address.span}
          onPick={(picked) => onChange({ span: picked as PageAddress["span"] })}
        >
          {spans.map((span) => (
            <option key={span} value={span}>
              {spanWords[span]}
            </option>
          ))}
        </FilterChoice>
      </search>
      <Problem text={found.isError ? problemText(found.error) : null} className="mt-4" />
      {found.isPending && <Skeleton className="mt-4 h-72 rounded-lg border bg-surface" />}
      {data && (
        <div className={cn("transition-opacity", found.isPlaceholderData && "opacity-50")}>
          {data.changeCount === 0 ? (
            <Nothing isAlways={address.span === ""} />
          ) : (
            <>
              <Totals realized={data} />
              <RealizedTable rows={data.rows} current={address.id} onOpen={onOpen} />
              <p className="mt-4 max-w-[90ch] text-muted text-sm">{data.basis}</p>
            </>
          )}
        </div>
      )}
    </>
  );
}

function Totals({ realized }: { realized: Realized }) {
  const { savedSoFar, measuredMonthlySavings, estimatedMonthlySavings, period } = realized;
  return (
    <section
      aria-label="What was saved"
      className="mt-4 grid gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-2"
    >
      <div className="bg-surface p-4">
        <h2 className="text-muted text-sm">{period ? "Saved in these days" : "Saved so far"}</h2>
        <Amounts amounts={savedSoFar} none="Nothing measured yet" />
        <p className="mt-1 text-muted text-xs">{countWords(realized)}</p>
      </div>
      <div className="bg-surface p-4">
        <h2 className="text-muted text-sm">A month, by what is in effect</h2>
        <Amounts amounts={measuredMonthlySavings} none="Nothing measured yet" />
        {measuredMonthlySavings.length > 0 && (
          <p className="mt-1 text-muted text-xs tabular-nums">
            {estimatedMonthlySavings.length > 0
              ? `Of these, ${estimatedMonthlySavings.map(money).join(" and ")} was expected when they were decided.`
              : "Nothing was expected of it in figures."}
          </p>
        )}
      </div>
    </section>
  );
}

function Amounts({ amounts, none }: { amounts: Realized["savedSoFar"]; none: string }) {
  if (amounts.length === 0) return <p className="mt-1 font-medium">{none}</p>;
  return amounts.map((amount) => (
    <p key={amount.currency} className="mt-1 font-semibold text-2xl tabular-nums tracking-[-0.02em]">
      {money(amount)}
    </p>
  ));
}

function Nothing({ isAlways }: { isAlways: boolean }) {
  return (
    <div className="mt-4 rounded-lg border border-dashed px-6 py-14 text-center">
      <p className="font-medium">
        {isAlways ? "Nothing was done to save yet" : "No change was in effect in these days"}
      </p>
      <p className="mx-auto mt-1 max-w-sm text-muted">
        {isAlways
          ? "Each change that is carried out here, or marked as implemented, appears with what was expected of it and, two weeks later, with what it really saves."
          : "Choose other days, or “since each change” for all that was done in the last year."}
      </p>
    </div>
  );
}

function countWords({ changeCount, measuredCount, tooEarlyCount, undoneCount }: Realized): string {
  const changes = `${formatCount(changeCount)} ${changeCount === 1 ? "change" : "changes"}`;
  const said = [`${formatCount(measuredCount)} of ${changes} measured, against what would have been spent.`];
  if (tooEarlyCount > 0) said.push(`${formatCount(tooEarlyCount)} not known yet.`);
  if (undoneCount > 0) said.push(`${formatCount(undoneCount)} undone since: counted until then.`);
  return said.join(" ");
}

const money = ({ value, currency }: Realized["savedSoFar"][number]) => formatMoney(value, currency);
