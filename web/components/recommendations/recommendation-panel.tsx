"use client";
import { problemText } from "../../lib/api.ts";
import { failureOf } from "../../lib/trpc.ts";
import { CopyId } from "../proposals/copy-id.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RecommendationBody } from "./recommendation-body.tsx";
import { useRecommendation } from "./use-recommendations.ts";

const unknownText =
  "There is no such recommendation. The address may be cut off, or of another organization; the list has those of this one.";

/** The open recommendation; its header is what the terminal and the API call it by. */
export function RecommendationPanel({ id, onOpen }: { id: string | null; onOpen(id: string | null): void }) {
  return (
    <SidePanel
      label="Recommendation"
      open={id !== null}
      onClose={() => onOpen(null)}
      header={id && <CopyId id={id} name="the recommendation" />}
    >
      {id && <Opened key={id} id={id} />}
    </SidePanel>
  );
}

function Opened({ id }: { id: string }) {
  const found = useRecommendation(id);
  if (found.data) return <RecommendationBody recommendation={found.data} />;
  if (!found.isError) {
    return (
      <div className="space-y-3 p-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-14" />
        <Skeleton className="h-24" />
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
