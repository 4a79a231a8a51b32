"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { failureOf, useTRPC } from "../../lib/trpc.ts";
import { CopyId } from "../proposals/copy-id.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ResourceBody } from "./resource-body.tsx";

const unknownText =
  "There is no such resource. The address may be cut off, or of another organization; the list has those of this one.";

/** The open resource; its header is the id that the cloud, the terminal and the API call it by. */
export function ResourcePanel({ id, onOpen }: { id: string | null; onOpen(id: string | null): void }) {
  return (
    <SidePanel
      label="Resource"
      open={id !== null}
      onClose={() => onOpen(null)}
      header={id && <CopyId id={id} name="the resource" />}
    >
      {id && <Opened key={id} id={id} onOpen={onOpen} />}
    </SidePanel>
  );
}

function Opened({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.get_resource.queryOptions({ id }, { retry: false }));
  if (found.data) return <ResourceBody resource={found.data} onOpen={onOpen} />;
  if (!found.isError) {
    return (
      <div className="space-y-3 p-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-14" />
        <Skeleton className="h-48" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  const isUnknown = [400, 404].includes(failureOf(found.error)?.status ?? 0);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-4">
      <Problem text={isUnknown ? unknownText : problemText(found.error)} />
      {!isUnknown && (
        <Button size="small" onClick={() => found.refetch()}>
          Try again
        </Button>
      )}
    </div>
  );
}
