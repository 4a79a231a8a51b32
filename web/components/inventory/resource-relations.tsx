"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { PanelPart } from "../ui/panel-part.tsx";
import { PlaceLink } from "../ui/place-link.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { resourceAddress } from "./inventory-address.ts";
import { StateWord } from "./state-word.tsx";

const directions = [
  { direction: "uses", title: "It uses" },
  { direction: "used_by", title: "Used by" },
] as const;

/** What hangs on what; each opens in the place of this one. */
export function ResourceRelations({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const trpc = useTRPC();
  const related = useQuery(trpc.get_resource_relationships.queryOptions({ id }, { retry: false }));
  const rows = related.data?.rows ?? [];
  const more = (related.data?.totalCount ?? 0) - rows.length;
  return (
    <PanelPart title="What belongs together">
      <Problem text={related.isError ? problemText(related.error) : null} />
      {related.isPending && <Skeleton className="h-16" />}
      {related.data && rows.length === 0 && (
        <p className="text-muted text-sm">Nothing is known to hang on it, nor it on anything.</p>
      )}
      {directions.map(({ direction, title }) => {
        const own = rows.filter((row) => row.direction === direction);
        if (own.length === 0) return null;
        return (
          <div key={direction} className="mt-1">
            <h4 className="text-muted text-xs">{title}</h4>
            <ul className="divide-y text-sm">
              {own.map((row) => (
                <li key={`${row.kind} ${row.id}`} className="flex items-baseline justify-between gap-3 py-1">
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <PlaceLink
                      href={resourceAddress(row.id)}
                      onGo={() => onOpen(row.id)}
                      className="font-medium hover:underline"
                    >
                      {visibleLine(row.name)}
                    </PlaceLink>
                    <span className="block text-muted text-xs">
                      {direction === "uses" ? row.kindLabel : row.typeLabel}
                      {row.throughName && ` · through ${visibleLine(row.throughName)}`}
                    </span>
                  </span>
                  <span className="shrink-0 text-muted text-xs">
                    <StateWord resource={row} />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {more > 0 && <p className="mt-1 text-muted text-xs">and {more} more</p>}
    </PanelPart>
  );
}
