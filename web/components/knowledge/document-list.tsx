"use client";
import type { KnowledgeDocument } from "@cloudoptima/tools/knowledge/knowledge-shapes.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { day } from "../access/moment.ts";
import { Problem } from "../ui/problem.tsx";
import { useRefreshKnowledge } from "./use-refresh-knowledge.ts";

/** By title, each with where it can be read whole; whoever manages the settings deletes. */
export function DocumentList({ documents, manages }: { documents: KnowledgeDocument[]; manages: boolean }) {
  const refresh = useRefreshKnowledge();
  const remove = useAction(async (id: string) => {
    await trpcClient.delete_knowledge.mutate({ id });
    await refresh();
  });
  if (documents.length === 0) return <p className="text-muted text-sm">None yet.</p>;
  return (
    <>
      <ul className="divide-y rounded-lg border bg-surface">
        {documents.map(({ id, title, source, passageCount, createdAt }) => (
          <li key={id} className="flex items-center justify-between gap-3 px-3 py-2.5">
            <div className="min-w-0 text-sm">
              <p className="truncate">
                {source ? (
                  <a
                    href={source}
                    target="_blank"
                    rel="noreferrer"
                    className="underline-offset-2 hover:underline"
                  >
                    {title}
                  </a>
                ) : (
                  title
                )}
              </p>
              <p className="text-faint text-xs tabular-nums">
                {passageCount === 1 ? "one passage" : `${passageCount} passages`} · added {day(createdAt)}
              </p>
            </div>
            {manages && (
              <ConfirmButton
                label="Delete"
                question="Delete for good"
                describe={title}
                busy={remove.isBusy}
                onConfirm={() => remove.run(id)}
              />
            )}
          </li>
        ))}
      </ul>
      <Problem text={remove.problem} />
    </>
  );
}
