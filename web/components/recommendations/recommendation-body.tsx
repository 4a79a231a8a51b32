"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatDay, formatMoney } from "../../lib/format.ts";
import { resourceAddress } from "../inventory/inventory-address.ts";
import { RiskMark } from "../proposals/risk-mark.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { CounterEvidence } from "./counter-evidence.tsx";
import { EffectTable } from "./effect-table.tsx";
import { EvidenceTable } from "./evidence-table.tsx";
import { RecommendationActions } from "./recommendation-actions.tsx";
import { confidenceText, effortWords, statusWords } from "./recommendation-words.ts";
import { StatusHistory } from "./status-history.tsx";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** One recommendation whole: what, why, how sure, what speaks against it, how to do it, and what became of it. */
export function RecommendationBody({ recommendation }: { recommendation: OpenedRecommendation }) {
  const { resource, target } = recommendation;
  const place = [resource.typeLabel, resource.resourceGroup, resource.region].filter(Boolean).map(String);
  return (
    <article aria-labelledby={`title-${recommendation.id}`}>
      <div className="px-4 pt-4">
        <p className="text-muted text-xs">
          {recommendation.typeLabel} · {statusWords[recommendation.status]}
        </p>
        <h2
          id={`title-${recommendation.id}`}
          className="mt-1 [overflow-wrap:anywhere] font-semibold text-base"
        >
          {visibleLine(recommendation.title)}
        </h2>
        <Savings recommendation={recommendation} />
        <p className="mt-2 [overflow-wrap:anywhere] text-sm">{visibleLine(recommendation.description)}</p>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums">
          <Fact name="Resource">
            <span className="block [overflow-wrap:anywhere]">
              {resource.resourceGroup === null ? (
                // What is to be bought is no resource yet.
                visibleLine(resource.name)
              ) : (
                <Link href={resourceAddress(resource.id)} className="hover:underline">
                  {visibleLine(resource.name)}
                </Link>
              )}
            </span>
            <span className="block text-muted text-xs">{place.map(visibleLine).join(" · ")}</span>
            <CopyId id={resource.id} name={visibleLine(resource.name)} />
          </Fact>
          {target && <Fact name="Becomes">{visibleLine(target.label)}</Fact>}
          <Fact name="Risk">
            <RiskMark risk={recommendation.risk} />
          </Fact>
          <Fact name="Effort">{effortWords[recommendation.effort]}</Fact>
          <Fact name="Found">{formatDay(recommendation.since)}</Fact>
        </dl>
      </div>
      <RecommendationActions recommendation={recommendation} />
      <Part title="How the savings were computed">
        <p className="text-muted text-sm">{visibleLine(recommendation.basis) || "Nothing was computed."}</p>
        <EffectTable
          effects={recommendation.effects}
          currency={recommendation.monthlySavings?.currency ?? null}
        />
      </Part>
      <Part title="Evidence">
        <EvidenceTable evidence={recommendation.evidence} />
      </Part>
      <Part title="What would speak against it">
        <CounterEvidence items={recommendation.counterEvidence} />
      </Part>
      <Part title={`Confidence ${confidenceText(recommendation.confidenceRatio)}`}>
        <Lines
          lines={recommendation.confidenceReasons}
          none="Everything that was looked for is known, and nothing lowers it."
        />
      </Part>
      <Part title="Steps">
        <Lines numbered lines={recommendation.steps} none="The rule names no steps." />
      </Part>
      <Part title="What happened">
        <StatusHistory changes={recommendation.changes} />
      </Part>
    </article>
  );
}

function Savings({ recommendation }: { recommendation: OpenedRecommendation }) {
  const { monthlySavings, annualSavings } = recommendation;
  if (!monthlySavings) return <p className="mt-2 text-sm">The data cannot tell what it saves.</p>;
  return (
    <p className="mt-2 text-sm tabular-nums">
      <span className="font-semibold text-xl tracking-[-0.015em]">
        {formatMoney(monthlySavings.value, monthlySavings.currency)}
      </span>{" "}
      <span className="text-muted">
        a month
        {annualSavings && ` · ${formatMoney(annualSavings.value, annualSavings.currency)} a year`}, alone, at
        your rates
      </span>
    </p>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="px-4 pt-5">
      <h3 className="mb-1 font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}

function Lines({
  lines,
  none,
  numbered = false,
}: {
  lines: readonly string[];
  none: string;
  numbered?: boolean;
}) {
  if (lines.length === 0) return <p className="text-muted text-sm">{none}</p>;
  const List = numbered ? "ol" : "ul";
  return (
    <List className={`space-y-1 pl-5 text-sm ${numbered ? "list-decimal" : "list-disc"} marker:text-faint`}>
      {lines.map((line) => (
        <li key={line} className="[overflow-wrap:anywhere] pl-0.5">
          {visibleLine(line)}
        </li>
      ))}
    </List>
  );
}
