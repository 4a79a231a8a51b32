"use client";
import { problemText } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AllocationRules } from "./allocation-rules.tsx";
import type { CostsPartProps } from "./costs-page.tsx";
import { TagCoverage } from "./tag-coverage.tsx";
import { TeamCosts } from "./team-costs.tsx";
import { useAllocation } from "./use-allocation.ts";

/** Whose the cost of a month is: by team, what nobody has, which tags are missing, and by which rules. */
export function AllocationPart(props: CostsPartProps) {
  if (!props.month) {
    return (
      <>
        <p className="mt-8 rounded-lg border border-dashed px-6 py-10 text-center text-muted">
          There is no cost to allocate yet. The rules below count as soon as some was loaded.
        </p>
        <AllocationRules allocation={undefined} />
      </>
    );
  }
  return <Allocated {...props} month={props.month} />;
}

function Allocated({
  address,
  month,
  onChange,
}: CostsPartProps & { month: NonNullable<CostsPartProps["month"]> }) {
  const allocation = useAllocation(address, month);
  const { data, isPlaceholderData: stale } = allocation;
  return (
    <>
      <Problem text={allocation.isError ? problemText(allocation.error) : null} className="mt-6" />
      {allocation.isPending && <Skeleton className="mt-8 h-72 rounded-lg border bg-surface" />}
      {data && (
        <div className={cn("transition-opacity", stale && "opacity-50")} aria-busy={stale}>
          <TeamCosts allocation={data} month={month} />
        </div>
      )}
      <AllocationRules allocation={data} />
      {data && (
        <div className={cn("transition-opacity", stale && "opacity-50")} aria-busy={stale}>
          <TagCoverage allocation={data} address={address} onChange={onChange} />
        </div>
      )}
    </>
  );
}
