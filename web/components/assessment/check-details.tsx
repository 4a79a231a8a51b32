"use client";
import type { FailingResource } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import type { CheckExplanation } from "@cloudoptima/tools/assessment/explain-check.tool.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { problemText } from "../../lib/api.ts";
import { formatCount } from "../../lib/format.ts";
import { resourceAddress } from "../inventory/inventory-address.ts";
import { Problem } from "../ui/problem.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { SeverityMark } from "./severity-mark.tsx";
import { type AssessmentFilter, useCheck } from "./use-assessment.ts";

/** What a check asks, why, how to mend it, and which resources fail it with what was seen of them. */
export function CheckDetails({
  checkId,
  filter,
  onClose,
}: {
  checkId: string | null;
  filter: AssessmentFilter;
  onClose(): void;
}) {
  const check = useCheck(checkId, filter);
  return (
    <Sheet
      open={checkId !== null}
      onOpenChange={(open) => !open && onClose()}
      side="right"
      title={checkId ? `Check ${checkId}` : "Check"}
      className="w-[min(94vw,520px)]"
    >
      <div className="scroll-calm min-h-0 flex-1 overflow-y-auto p-5">
        <Problem text={check.isError ? problemText(check.error) : null} />
        {check.isPending && checkId && <Skeleton className="mt-10 h-64" />}
        {check.data && <Body check={check.data} />}
      </div>
    </Sheet>
  );
}

function Body({ check }: { check: CheckExplanation }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 pr-10 text-muted text-xs">
        <span>{check.checkId}</span>
        <span>{check.pillarLabel}</span>
        <SeverityMark severity={check.severity} />
      </p>
      <h2 className="mt-1 pr-10 font-semibold text-base">{check.question}</h2>
      <h3 className="mt-4 font-medium text-sm">Why it matters</h3>
      <p className="mt-0.5 text-muted text-sm">{check.why}</p>
      <h3 className="mt-3 font-medium text-sm">How to mend it</h3>
      <p className="mt-0.5 text-muted text-sm">{check.fix}</p>
      <a
        href={check.source}
        target="_blank"
        rel="noreferrer"
        className="mt-2 inline-flex items-center gap-1.5 text-accent text-sm underline underline-offset-2"
      >
        Guidance on {new URL(check.source).hostname} <ExternalLink size={12} />
      </a>
      <h3 className="mt-5 font-medium text-sm">
        {formatCount(check.failedCount)} fail, {formatCount(check.passedCount)} pass
        {check.unknownCount > 0 && `, ${formatCount(check.unknownCount)} unknown`}
      </h3>
      <Resources resources={check.failing} />
      {check.failedCount > check.failing.length && (
        <p className="mt-2 text-faint text-xs">
          The first {formatCount(check.failing.length)} of {formatCount(check.failedCount)}; choose a
          subscription or resource group to see fewer.
        </p>
      )}
      {check.unknown.length > 0 && (
        <>
          <h3 className="mt-4 font-medium text-sm">The data does not tell</h3>
          <Resources resources={check.unknown} />
        </>
      )}
    </>
  );
}

function Resources({ resources }: { resources: readonly FailingResource[] }) {
  if (resources.length === 0) return null;
  return (
    <ul className="mt-1.5 divide-y rounded-lg border bg-surface">
      {resources.map((resource) => (
        <li key={resource.id} className="px-3 py-2 text-sm" title={resource.id}>
          <p className="break-all font-medium">
            <Link href={resourceAddress(resource.id)} className="hover:underline">
              {visibleLine(resource.name)}
            </Link>
          </p>
          <p className="text-faint text-xs">
            {[resource.typeLabel, resource.resourceGroup, resource.subscriptionName]
              .filter(Boolean)
              .map((part) => visibleLine(String(part)))
              .join(" · ")}
          </p>
          <p className="mt-0.5 break-all text-muted text-xs tabular-nums">
            {resource.evidence
              .map(({ label, value }) => `${label}: ${value === null ? "not set" : visibleLine(value)}`)
              .join("; ")}{" "}
            · since {resource.since.slice(0, 10)}
          </p>
        </li>
      ))}
    </ul>
  );
}
