import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { CircleAlert, CircleCheck } from "lucide-react";
import { moment } from "../access/moment.ts";
import type { Proposal } from "./proposal-words.ts";

/** What the last dry run found: the state, locks, evidence and permissions as they were then. */
export function DryRun({ proposal: { simulation, plan } }: { proposal: Proposal }) {
  if (!simulation) return null;
  const nameOf = (id: string) =>
    visibleLine(plan.items.find(({ resourceId }) => resourceId === id)?.resourceName ?? id);
  const found = simulation.items.filter(({ problems }) => problems.length > 0);
  return (
    <div className="border-t px-4 py-2.5 text-sm">
      <p className="flex items-start gap-1.5">
        {simulation.ok ? (
          <CircleCheck size={14} aria-hidden="true" className="mt-[3px] shrink-0 text-better" />
        ) : (
          <CircleAlert size={14} aria-hidden="true" className="mt-[3px] shrink-0 text-warn" />
        )}
        <span>
          Dry run, {moment(simulation.at)}:{" "}
          {simulation.ok
            ? "nothing speaks against it."
            : `${found.length} of ${simulation.items.length} would not be changed.`}
        </span>
      </p>
      {found.length > 0 && (
        <ul className="mt-1 space-y-1 pl-5">
          {found.map(({ resourceId, problems }) => (
            <li key={resourceId} className="break-words">
              <span className="font-medium">{nameOf(resourceId)}</span>{" "}
              <span className="text-muted">{problems.map(visibleLine).join(" ")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
