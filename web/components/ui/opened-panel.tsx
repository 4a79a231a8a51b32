"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemText } from "../../lib/api.ts";
import { failureOf } from "../../lib/trpc.ts";
import { Button } from "./button.tsx";
import { CopyId } from "./copy-id.tsx";
import { Problem } from "./problem.tsx";
import { SidePanel } from "./side-panel.tsx";
import { Skeleton } from "./skeleton.tsx";

/** What a list has open, by its id; its header is the id that the cloud, the terminal and the API call it by. */
export function OpenedPanel({
  noun,
  id,
  onOpen,
  children,
}: {
  /** What it shows, e.g. "resource". */
  noun: string;
  id: string | null;
  onOpen(id: null): void;
  children(id: string): ReactNode;
}) {
  return (
    <SidePanel
      label={`${noun[0]!.toUpperCase()}${noun.slice(1)}`}
      open={id !== null}
      onClose={() => onOpen(null)}
      header={id && <CopyId id={id} name={`the ${noun}`} />}
    >
      {id && children(id)}
    </SidePanel>
  );
}

/** The open one itself, its shape until it is here, or why it will not come. */
export function OpenedBody<Data>({
  noun,
  found,
  children,
}: {
  noun: string;
  found: UseQueryResult<Data, unknown>;
  children(data: Data): ReactNode;
}) {
  if (found.data !== undefined) return children(found.data);
  if (!found.isError) {
    return (
      <div className="space-y-3 p-4" aria-busy="true">
        <span className="sr-only" role="status">
          Loading the {noun}
        </span>
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-14" />
        <Skeleton className="h-32" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  const isUnknown = [400, 404].includes(failureOf(found.error)?.status ?? 0);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-4">
      <Problem
        text={
          isUnknown
            ? `There is no such ${noun}. The address may be cut off, or of another organization; the list has those of this one.`
            : problemText(found.error)
        }
      />
      {!isUnknown && (
        <Button size="small" onClick={() => found.refetch()}>
          Try again
        </Button>
      )}
    </div>
  );
}
