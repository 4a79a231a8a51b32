"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { problemText } from "../../lib/api.ts";
import { formatDay, formatMoney } from "../../lib/format.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { SeverityMark } from "../assessment/severity-mark.tsx";
import { statusWords } from "../recommendations/recommendation-words.ts";
import { PanelPart } from "../ui/panel-part.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { ResourceFindings } from "./use-inventory.ts";

/** What rules, checks and policies found about it, and what keeps recommendations off it. */
export function ResourceFindingsPart({ id }: { id: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.get_resource_findings.queryOptions({ id }, { retry: false }));
  const { data } = found;
  if (!data) {
    return (
      <PanelPart title="Recommendations">
        <Problem text={found.isError ? problemText(found.error) : null} />
        {found.isPending && <Skeleton className="h-16" />}
      </PanelPart>
    );
  }
  const failing = data.checks.filter(({ result }) => result === "fail");
  const unknownCount = data.checks.length - failing.length;
  return (
    <>
      <PanelPart title="Recommendations">
        {data.recommendations.length === 0 && (
          <p className="text-muted text-sm">No rule found anything to save on it.</p>
        )}
        <List>
          {data.recommendations.map((one) => (
            <li key={one.id} className="flex items-baseline justify-between gap-3 py-1.5">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <Link href={`/recommendations/${one.id}`} className="font-medium hover:underline">
                  {visibleLine(one.title)}
                </Link>
                <span className="block text-muted text-xs">
                  {one.typeLabel} · {statusWords[one.status]}
                </span>
              </span>
              {one.monthlySavings && (
                <span className="shrink-0 tabular-nums">
                  {formatMoney(one.monthlySavings.value, one.monthlySavings.currency)}
                  <span className="text-muted"> a month</span>
                </span>
              )}
            </li>
          ))}
        </List>
        {data.suppressions.map((one) => (
          <Suppression key={one.id} suppression={one} />
        ))}
      </PanelPart>
      <PanelPart title="Failing checks">
        {failing.length === 0 && <p className="text-muted text-sm">It fails no check.</p>}
        <List>
          {failing.map((check) => (
            <li key={check.checkId} className="flex items-baseline justify-between gap-3 py-1.5">
              <span className="min-w-0">
                {check.question}
                <span className="block text-muted text-xs">
                  {check.checkId} · {check.pillarLabel} · since {formatDay(check.since)}
                </span>
              </span>
              <SeverityMark severity={check.severity} />
            </li>
          ))}
        </List>
        {unknownCount > 0 && (
          <p className="mt-1 text-muted text-xs">
            Of {unknownCount} more {unknownCount === 1 ? "check" : "checks"} the data does not tell.
          </p>
        )}
      </PanelPart>
      {data.violations.length > 0 && (
        <PanelPart title="Broken policies">
          <List>
            {data.violations.map((one) => (
              <li key={one.id} className="py-1.5">
                <span className="font-medium">{visibleLine(one.policyName)}</span>{" "}
                <span className="text-muted">{one.severity}</span>
                {one.problems.map((problem) => (
                  <span key={problem} className="block [overflow-wrap:anywhere] text-muted">
                    {visibleLine(problem)}
                  </span>
                ))}
              </li>
            ))}
          </List>
        </PanelPart>
      )}
    </>
  );
}

function Suppression({ suppression }: { suppression: ResourceFindings["suppressions"][number] }) {
  const { type, reason, expiresAt, createdByName } = suppression;
  return (
    <p className="mt-2 rounded-md bg-warn-soft px-3 py-2 text-sm">
      {type === null
        ? "Nothing is recommended for it"
        : `No ${type.replaceAll("_", " ")} is recommended for it`}
      {expiresAt ? ` until ${formatDay(expiresAt)}` : " until somebody lifts it"}: {visibleLine(reason)}
      {createdByName && <span className="text-muted"> ({visibleLine(createdByName)})</span>}
    </p>
  );
}

function List({ children }: { children: ReactNode }) {
  return <ul className="divide-y text-sm">{children}</ul>;
}
