"use client";
import type { FailingCheck } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import { cn } from "../../lib/cn.ts";
import { formatCount } from "../../lib/format.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { SeverityMark } from "./severity-mark.tsx";

export interface FailingChecksProps {
  checks: readonly FailingCheck[];
  /** The rows are of an earlier choice. */
  stale: boolean;
  onOpen(checkId: string): void;
}

/** A dense table where there is room, cards where there is not; each row opens its explanation. */
export function FailingChecks(props: FailingChecksProps) {
  return (
    <div className={cn("transition-opacity", props.stale && "opacity-50")} aria-busy={props.stale}>
      <ScrollRegion label="Failing checks" className="hidden rounded-lg border bg-surface md:block">
        <CheckTable {...props} />
      </ScrollRegion>
      <CheckCards {...props} />
    </div>
  );
}

function CheckTable({ checks, onOpen }: FailingChecksProps) {
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <thead>
        <tr>
          <Head>Check</Head>
          <Head>Question</Head>
          <Head>Pillar</Head>
          <Head>Severity</Head>
          <Head right>Failed</Head>
          <Head right>Passed</Head>
          <Head right>Unknown</Head>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {checks.map((check) => (
          // The button in the row is the keyboard's way; the whole row is a larger target for the mouse.
          <tr
            key={check.checkId}
            className="cursor-pointer hover:bg-hover"
            onClick={() => onOpen(check.checkId)}
          >
            <Cell className="whitespace-nowrap">
              <button
                type="button"
                className="font-medium"
                aria-label={`${check.checkId}: explain`}
                onClick={(event) => {
                  event.stopPropagation();
                  onOpen(check.checkId);
                }}
              >
                {check.checkId}
              </button>
            </Cell>
            <Cell className="min-w-64">{check.question}</Cell>
            <Cell className="whitespace-nowrap text-muted">{check.pillarLabel}</Cell>
            <Cell>
              <SeverityMark severity={check.severity} />
            </Cell>
            <Cell className="text-right font-medium">{formatCount(check.failedCount)}</Cell>
            <Cell className="text-right text-muted">{formatCount(check.passedCount)}</Cell>
            <Cell className="text-right text-muted">{formatCount(check.unknownCount)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ right = false, children }: { right?: boolean; children: string }) {
  return (
    <th
      scope="col"
      className={cn(
        "border-b px-3 py-1.5 font-medium text-muted text-xs",
        right ? "text-right" : "text-left",
      )}
    >
      {children}
    </th>
  );
}

function Cell({ className, ...props }: React.ComponentProps<"td">) {
  return <td className={cn("border-b px-3 py-1.5", className)} {...props} />;
}

function CheckCards({ checks, onOpen }: FailingChecksProps) {
  return (
    <ul className="divide-y rounded-lg border bg-surface md:hidden">
      {checks.map((check) => (
        <li key={check.checkId}>
          <button
            type="button"
            className="block w-full px-3 py-2.5 text-left text-sm hover:bg-hover"
            onClick={() => onOpen(check.checkId)}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="text-muted text-xs tabular-nums">{check.checkId}</span>
              <SeverityMark severity={check.severity} />
            </span>
            <span className="mt-0.5 block">{check.question}</span>
            <span className="mt-0.5 block text-muted text-xs tabular-nums">
              {formatCount(check.failedCount)} failed, {formatCount(check.passedCount)} passed ·{" "}
              {check.pillarLabel}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
