"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { formatAmount } from "../../lib/format.ts";
import type { Month } from "../../lib/months.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { Problem } from "../ui/problem.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CostSection } from "./cost-section.tsx";

const kinds = [
  { key: "usage", label: "Usage" },
  { key: "unused_commitment", label: "Unused commitments" },
  { key: "purchase", label: "Purchases" },
  { key: "refund", label: "Refunds" },
  { key: "credit", label: "Credits" },
  { key: "tax", label: "Tax" },
  { key: "adjustment", label: "Adjustments" },
] as const;

/** What of a month is usage and what is not, so that a credit masks nothing: billed and effective side by side. */
export function ChargesApart({ month }: { month: Month }) {
  const trpc = useTRPC();
  const period = { start: month.start, end: month.end };
  const ask = (costKind: "billed" | "effective") =>
    trpc.get_cost_breakdown.queryOptions({ period, costKind, groupBy: "charge_kind" });
  const billed = useQuery(ask("billed"));
  const effective = useQuery(ask("effective"));
  const error = billed.error ?? effective.error;
  const sides = billed.data && effective.data ? { billed: billed.data, effective: effective.data } : null;
  return (
    <CostSection
      title="Kinds of charges"
      text={`Usage of ${month.label}, and apart from it what is none: a credit masks nothing.`}
    >
      <Problem text={error ? problemText(error) : null} />
      {!sides && !error && <Skeleton className="h-72 rounded-lg border bg-surface" />}
      {sides?.billed.total.map(({ currency, value: total }) => {
        const amountOf = (side: "billed" | "effective", key: string) =>
          sides[side].rows.find((row) => row.key === key && row.amount.currency === currency)?.amount.value;
        const effectiveTotal = sides.effective.total.find((one) => one.currency === currency)?.value;
        return (
          <ScrollRegion
            key={currency}
            label={`Kinds of charges, ${currency}`}
            className="mb-4 rounded-lg border bg-surface"
          >
            <table className="w-full border-collapse text-sm tabular-nums">
              <thead>
                <tr>
                  <Head>Kind</Head>
                  <Head right>{`Billed, ${currency}`}</Head>
                  <Head right>{`Effective, ${currency}`}</Head>
                </tr>
              </thead>
              <tbody>
                {kinds.map(({ key, label }) => (
                  <tr key={key}>
                    <Cell>{label}</Cell>
                    <Amount value={amountOf("billed", key)} />
                    <Amount value={amountOf("effective", key)} />
                  </tr>
                ))}
                <tr className="font-medium [&>td]:border-b-0">
                  <Cell>Total</Cell>
                  <Amount value={total} />
                  <Amount value={effectiveTotal} />
                </tr>
              </tbody>
            </table>
          </ScrollRegion>
        );
      })}
    </CostSection>
  );
}

function Amount({ value }: { value: string | undefined }) {
  return (
    <Cell className="whitespace-nowrap text-right">
      {value === undefined ? <span className="text-muted">none</span> : formatAmount(value)}
    </Cell>
  );
}
