"use client";
import { statusWords as proposalWords } from "@cloudoptima/tools/remediation/status-words.ts";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { useRefreshProposals } from "../proposals/use-proposal.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import type { OpenedRecommendation } from "./use-recommendations.ts";

type Change = Parameters<typeof trpcClient.propose_change.mutate>[0]["change"];

/** Whether CloudOptima can carry it out, and the way to the approval if it can. */
export function DoItHere({
  recommendation: { resource, remediation, notHereBecause },
}: {
  recommendation: Pick<OpenedRecommendation, "resource" | "remediation" | "notHereBecause">;
}) {
  const { data: session } = useSession();
  const router = useRouter();
  const refresh = useRefreshProposals();
  const propose = useAction(async () => {
    // The server names the change with the recommendation, and refuses what is none.
    const change = remediation as Change;
    const { proposals } = await trpcClient.propose_change.mutate({ change, resources: [resource.id] });
    await refresh();
    if (proposals[0]) router.push(`/approvals/${proposals[0].id}`);
  });
  if (remediation === null) return <p className="text-muted text-sm">{notHereBecause}</p>;
  return (
    <>
      <p className="text-sm">
        CloudOptima can carry this out: it plans the change, and nothing happens until somebody approves the
        plan.
      </p>
      <Waiting resourceId={resource.id} action={remediation} />
      {may(session, "remediation:propose") ? (
        <Button className="mt-2" variant="primary" disabled={propose.isBusy} onClick={() => propose.run()}>
          {propose.isBusy ? "Planning…" : "Propose it"}
        </Button>
      ) : (
        <p className="mt-1 text-muted text-sm">A member or an admin can propose it.</p>
      )}
      <Problem text={propose.problem} className="mt-2" />
    </>
  );
}

/** The latest plan of this change for the resource, if there is one: nobody should have to ask twice. */
function Waiting({ resourceId, action }: { resourceId: string; action: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.list_proposals.queryOptions({ resourceId, limit: 10 }, { select: ({ rows }) => rows }),
  );
  const latest = data?.find((row) => row.action === action && row.direction === "apply");
  if (!latest) return null;
  return (
    <p className="mt-1 text-sm">
      Proposed before:{" "}
      <Link href={`/approvals/${latest.id}`} className="text-accent underline underline-offset-2">
        {proposalWords[latest.status].toLowerCase()}
      </Link>
    </p>
  );
}
