"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { cn } from "../../lib/cn.ts";
import { formatAmount } from "../../lib/format.ts";
import { RiskMark } from "../proposals/risk-mark.tsx";
import { RecommendationLink } from "./recommendation-link.tsx";
import { effortWords, shortEffort } from "./recommendation-words.ts";
import type { Plan } from "./use-recommendations.ts";

type Step = Plan["steps"][number];

/** The steps in their order; what each saves is what it adds to those above it, so that they add up. */
export function PlanSteps({
  steps,
  current,
  onOpen,
}: {
  steps: readonly Step[];
  current: string | null;
  onOpen(id: string): void;
}) {
  const currency = steps[0]?.monthlySavings.currency;
  return (
    <div className="@container mt-3 rounded-lg border bg-surface">
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="sr-only">Steps of the plan, in order</caption>
        <thead>
          <tr className="border-b text-left text-muted text-xs [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-medium">
            <th scope="col" className="w-10 text-right">
              <span className="sr-only">Step</span>
            </th>
            <th scope="col">What</th>
            <th scope="col" className="hidden @xl:table-cell">
              Risk
            </th>
            <th scope="col" className="hidden @xl:table-cell">
              Effort
            </th>
            <th scope="col" className="hidden @3xl:table-cell">
              Done
            </th>
            <th scope="col" className="text-right!">
              Adds a month, {currency}
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {steps.map((step, index) => (
            <StepRow
              key={step.recommendationId}
              step={step}
              number={index + 1}
              open={step.recommendationId === current}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepRow({
  step,
  number,
  open,
  onOpen,
}: {
  step: Step;
  number: number;
  open: boolean;
  onOpen(id: string): void;
}) {
  const { recommendationId: id, risk, effort, target, canBeDoneHere } = step;
  return (
    <tr
      className={cn(
        "cursor-pointer align-baseline hover:bg-hover [&>td]:border-b [&>td]:px-3 [&>td]:py-1.5",
        open && "bg-selected",
      )}
      onClick={() => onOpen(id)}
    >
      <td className="text-right text-muted">{number}</td>
      <td>
        <RecommendationLink id={id} current={open} onOpen={onOpen} className="[overflow-wrap:anywhere]">
          {visibleLine(step.title)}
        </RecommendationLink>
        <span className="block text-muted text-xs">
          {[step.typeLabel, target && visibleLine(target)].filter(Boolean).join(" · ")}
        </span>
        <span className="flex items-center gap-3 text-muted text-xs @xl:hidden">
          <RiskMark risk={risk} />
          {shortEffort[effort]}
        </span>
      </td>
      <td className="hidden @xl:table-cell">
        <RiskMark risk={risk} />
      </td>
      <td className="hidden @xl:table-cell">{effortWords[effort]}</td>
      <td className="hidden whitespace-nowrap text-muted @3xl:table-cell">
        {canBeDoneHere ? "here, after an approval" : "by you"}
      </td>
      <td className="whitespace-nowrap text-right font-medium">{formatAmount(step.monthlySavings.value)}</td>
    </tr>
  );
}
