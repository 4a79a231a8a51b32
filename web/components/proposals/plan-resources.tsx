"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { isOpen, isRunning } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { moneyText, type Proposal } from "./proposal-words.ts";
import { ItemMark } from "./status-mark.tsx";

const atFirst = 8;

/** Exactly the resources that the plan changes, each with its full id, its saving, and how far it is. */
export function PlanResources({ proposal, own }: { proposal: Proposal; own: string[][] }) {
  const [all, setAll] = useState(false);
  const { plan, items, status } = proposal;
  const shown = all ? plan.items : plan.items.slice(0, atFirst);
  // A plan that was rejected or ran out never touched them.
  const started = !isOpen(status) && status !== "rejected" && status !== "expired";
  return (
    <div>
      <ul aria-label="Resources" className="divide-y">
        {shown.map((item, position) => {
          const name = visibleLine(item.resourceName) || "(no name)";
          const saving = plan.items.length > 1 && item.monthlySavings && moneyText([item.monthlySavings]);
          const state = items[position];
          return (
            <li key={item.resourceId} className="px-4 py-2">
              <div className="flex items-start justify-between gap-3">
                <bdi className="min-w-0 break-all font-medium text-sm">{name}</bdi>
                {/* The mark comes before the amount, so that nothing moves when the run begins. */}
                <span className="flex h-5 shrink-0 items-center gap-3 tabular-nums">
                  {started && state && <ItemMark status={state.status} ended={!isRunning(status)} />}
                  {saving && <span className="text-muted text-sm">{saving}</span>}
                </span>
              </div>
              <CopyId id={item.resourceId} name={name} />
              {state?.reason && <p className="text-sm text-worse">{visibleLine(state.reason)}</p>}
              <Evidence facts={item.evidence} />
              {own[position]!.map((effect) => (
                <p key={effect} className="break-words text-muted text-sm">
                  {effect}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
      {plan.items.length > shown.length && (
        <Button variant="ghost" size="small" className="mb-1 ml-2" onClick={() => setAll(true)}>
          Show all {plan.items.length}
        </Button>
      )}
    </div>
  );
}

/** What was measured: the leading fact, and all of them one click away. */
function Evidence({ facts }: { facts: readonly string[] }) {
  const [first, ...more] = facts;
  if (!first) return null;
  const line = "break-words text-muted text-sm tabular-nums";
  if (more.length === 0) return <p className={line}>{visibleLine(first)}</p>;
  return (
    <details>
      <summary className={`${line} cursor-default`}>
        {visibleLine(first)} <span className="whitespace-nowrap">· {more.length} more</span>
      </summary>
      {more.map((fact) => (
        <p key={fact} className={`${line} pl-4`}>
          {visibleLine(fact)}
        </p>
      ))}
    </details>
  );
}
