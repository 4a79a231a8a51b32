"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { PanelPart } from "../ui/panel-part.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const kinds = {
  created: "First seen",
  changed: "Changed",
  gone: "Gone",
  returned: "Back again",
} as const;

/** Changed settings asked for at first, and at most. */
const fewFields = 50;
const mostFields = 500;

/** What scans saw change: when, which setting, from what to what; the newest first. */
export function ResourceHistory({ id }: { id: string }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(fewFields);
  const history = useQuery(
    trpc.get_resource_history.queryOptions(
      { id, limit },
      { placeholderData: keepPreviousData, retry: false },
    ),
  );
  const events = history.data?.events ?? [];
  return (
    <PanelPart title="What changed">
      <Problem text={history.isError ? problemText(history.error) : null} />
      {history.isPending && <Skeleton className="h-12" />}
      {history.data && events.length === 0 && (
        <p className="text-muted text-sm">No scan has seen a change of it yet.</p>
      )}
      <ol className="space-y-2 text-sm">
        {events.map(({ at, kind, fields }) => (
          <li key={`${at} ${kind}`}>
            <p className="flex justify-between gap-3">
              <span className="font-medium">{kinds[kind as keyof typeof kinds] ?? kind}</span>
              <span className="text-muted tabular-nums">{moment(at)}</span>
            </p>
            <ul>
              {fields.map(({ field, from, to }) => (
                <li key={field} className="[overflow-wrap:anywhere]">
                  <span className="text-muted">{visibleLine(field)}</span>{" "}
                  <span>{from === null ? "(none)" : visibleLine(from)}</span>
                  <span className="text-muted">
                    {" "}
                    <span aria-hidden>→</span>
                    <span className="sr-only">became</span>{" "}
                  </span>
                  <span>{to === null ? "(none)" : visibleLine(to)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {history.data?.next && limit === fewFields && (
        <Button size="small" variant="ghost" className="mt-1 -ml-2" onClick={() => setLimit(mostFields)}>
          Older changes
        </Button>
      )}
      {history.data?.next && limit === mostFields && !history.isPlaceholderData && (
        <p className="mt-1 text-muted text-xs">Older changes are kept too: the terminal lists them.</p>
      )}
    </PanelPart>
  );
}
