"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQuery } from "@tanstack/react-query";
import { formatAmount, formatMoney, formatShare } from "../../lib/format.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { FilterChoice } from "../ui/filter-field.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { CostSection } from "./cost-section.tsx";
import { type CostsAddress, dimensions } from "./costs-address.ts";
import type { Allocation } from "./use-allocation.ts";

/** How much of the cost carries a tag, and where the rest is. */
export function TagCoverage({
  allocation,
  address,
  onChange,
}: {
  allocation: Allocation;
  address: CostsAddress;
  onChange(part: Partial<CostsAddress>): void;
}) {
  const trpc = useTRPC();
  const vocabulary = useQuery(trpc.get_cost_vocabulary.queryOptions({}, { staleTime: 300_000 }));
  const { tagKey, totals, groups } = allocation.tagCoverage;
  const known = vocabulary.data?.tags.map((tag) => tag.tagKey) ?? [];
  const keys = known.some((key) => key.toLowerCase() === tagKey.toLowerCase()) ? known : [tagKey, ...known];
  const [single, ...more] = [...new Set(groups.map(({ amount }) => amount.currency))];
  const unit = single && more.length === 0 ? `, ${single}` : "";
  const amountOf = ({ value, currency }: { value: string; currency: string }) =>
    unit ? formatAmount(value) : formatMoney(value, currency);
  return (
    <CostSection
      title="Tag coverage"
      text={totals
        .map(
          ({ share, untagged }) =>
            `${share ? formatShare(share) : "None"} of the cost carries the tag “${tagKey}”; ${formatMoney(untagged.value, untagged.currency)} does not.`,
        )
        .join(" ")}
      choices={
        <>
          <div className="w-36">
            <FilterChoice
              label="Tag"
              value={keys.find((key) => key.toLowerCase() === tagKey.toLowerCase()) ?? tagKey}
              onPick={(tag) => onChange({ tag })}
            >
              {keys.map((key) => (
                <option key={key} value={key}>
                  {key}
                </option>
              ))}
            </FilterChoice>
          </div>
          <div className="w-36">
            <FilterChoice label="By" value={address.by} onPick={(by) => onChange({ by })}>
              {Object.entries(dimensions).map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </FilterChoice>
          </div>
        </>
      }
    >
      {groups.length === 0 ? (
        <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted">
          All cost of the month carries this tag.
        </p>
      ) : (
        <ScrollRegion label="Untagged cost" className="rounded-lg border bg-surface">
          <table className="w-full border-collapse text-sm tabular-nums">
            <caption className="sr-only">Those with most untagged cost first</caption>
            <thead>
              <tr>
                <Head>{dimensions[address.by as keyof typeof dimensions]}</Head>
                <Head right>{`Untagged${unit}`}</Head>
                <Head right className="max-sm:hidden">{`Unallocated${unit}`}</Head>
                <Head right className="max-sm:hidden">{`Cost${unit}`}</Head>
                <Head right>Tagged</Head>
              </tr>
            </thead>
            <tbody className="[&>tr:last-child>td]:border-b-0">
              {groups.map(({ key, label, amount, untagged, unallocated, share }) => (
                <tr key={`${key} ${amount.currency}`}>
                  <Cell className="min-w-28 [overflow-wrap:anywhere]">{visibleLine(label)}</Cell>
                  <Cell className="whitespace-nowrap text-right font-medium">{amountOf(untagged)}</Cell>
                  <Cell className="whitespace-nowrap text-right max-sm:hidden">{amountOf(unallocated)}</Cell>
                  <Cell className="whitespace-nowrap text-right text-muted max-sm:hidden">
                    {amountOf(amount)}
                  </Cell>
                  <Cell className="whitespace-nowrap text-right text-muted">
                    {share ? formatShare(share) : "–"}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </CostSection>
  );
}
