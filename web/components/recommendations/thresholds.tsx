"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ThresholdRow } from "./threshold-row.tsx";
import type { RuleThresholds } from "./use-recommendations.ts";

/** From which figures on each rule recommends something, and what the organization set instead of the default. */
export function Thresholds() {
  const trpc = useTRPC();
  const { data: session } = useSession();
  const found = useQuery(trpc.list_rule_thresholds.queryOptions({}, { select: ({ rules }) => rules }));
  const maySet = may(session, "settings:manage");
  const changed = found.data?.reduce(
    (count, { thresholds }) => count + thresholds.filter(isChanged).length,
    0,
  );
  return (
    <>
      <p className="mb-4 max-w-[72ch] text-muted text-sm">
        From these figures on a rule recommends something.{" "}
        {maySet
          ? "A change counts from the next analysis on: choose “Analyze again” to see what it does."
          : "An admin can change them."}{" "}
        {changed !== undefined &&
          (changed === 0 ? "All are as they came." : `${changed} differ from the default.`)}
      </p>
      <Problem text={found.isError ? problemText(found.error) : null} className="mb-3" />
      {found.isPending && <Skeleton className="h-96 rounded-lg border bg-surface" />}
      <div className="space-y-4">
        {found.data
          ?.filter(({ thresholds }) => thresholds.length > 0)
          .map((rule) => (
            <section
              key={rule.type}
              aria-labelledby={`rule-${rule.type}`}
              className="rounded-lg border bg-surface"
            >
              <h2 id={`rule-${rule.type}`} className="border-b px-3 py-2 font-medium text-sm">
                {rule.typeLabel}
              </h2>
              <ul className="divide-y">
                {rule.thresholds.map((threshold) => (
                  <ThresholdRow
                    // What is stored is the start of what is typed: a change by others starts it anew.
                    key={`${threshold.name} ${threshold.value}`}
                    type={rule.type}
                    threshold={threshold}
                    maySet={maySet}
                  />
                ))}
              </ul>
            </section>
          ))}
      </div>
      {found.data && (
        <p className="mt-4 text-muted text-sm">Without figures of their own: {withoutOnes(found.data)}.</p>
      )}
    </>
  );
}

const isChanged = ({ value, default: usual }: RuleThresholds["thresholds"][number]) => value !== usual;

const withoutOnes = (rules: readonly RuleThresholds[]) =>
  rules
    .filter(({ thresholds }) => thresholds.length === 0)
    .map(({ typeLabel }) => typeLabel)
    .join(", ");
