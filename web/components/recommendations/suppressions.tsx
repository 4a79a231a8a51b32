"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { recommendationTypeLabels } from "@cloudoptima/tools/recommendations/recommendation-types.ts";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { formatDay } from "../../lib/format.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { day, moment } from "../access/moment.ts";
import { Section } from "../access/section.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { SuppressForm } from "./suppress-form.tsx";
import { type Suppression, useRefresh } from "./use-recommendations.ts";

/** What is not recommended at present, why and until when; adding one, and lifting one. */
export function Suppressions() {
  const trpc = useTRPC();
  const { data: session } = useSession();
  const list = useQuery(
    trpc.list_suppressions.queryOptions({}, { select: ({ suppressions }) => suppressions }),
  );
  const mayChange = may(session, "recommendations:update");
  return (
    <>
      <p className="mb-4 max-w-[72ch] text-muted text-sm">
        What is suppressed is not recommended while that holds. When it ends, the next analysis lists it
        again.
      </p>
      <Problem text={list.isError ? problemText(list.error) : null} className="mb-3" />
      {list.isPending && <Skeleton className="h-40 rounded-lg border bg-surface" />}
      {list.data?.length === 0 && (
        <p className="rounded-lg border border-dashed px-6 py-10 text-center text-muted text-sm">
          Nothing is suppressed: everything that is found is listed.
        </p>
      )}
      {list.data && list.data.length > 0 && (
        <ul aria-label="Suppressions" className="divide-y rounded-lg border bg-surface">
          {list.data.map((suppression) => (
            <Row key={suppression.id} suppression={suppression} mayLift={mayChange} />
          ))}
        </ul>
      )}
      <div className="h-8" />
      {mayChange && (
        <Section
          title="Suppress more"
          text="Everything that you choose must hold. Open recommendations that it covers go off the list at once."
        >
          <SuppressForm />
        </Section>
      )}
    </>
  );
}

function Row({ suppression, mayLift }: { suppression: Suppression; mayLift: boolean }) {
  const refresh = useRefresh();
  const lift = useAction(async () => {
    await trpcClient.lift_suppression.mutate({ id: suppression.id });
    await refresh();
  });
  const { reason, expiresAt, createdByName, createdAt } = suppression;
  const what = describeSuppression(suppression);
  return (
    <li className="grid items-start gap-x-3 gap-y-1 px-3 py-2.5 text-sm sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere] font-medium" title={suppression.resourceId ?? undefined}>
          {what}
        </p>
        <p className="[overflow-wrap:anywhere]">{visibleLine(reason)}</p>
        <p className="text-muted text-xs tabular-nums">
          {expiresAt ? untilText(expiresAt) : "until somebody lifts it"} · by{" "}
          {createdByName === null ? "somebody who left" : visibleLine(createdByName)}, {day(createdAt)}
        </p>
        <Problem text={lift.problem} className="mt-1" />
      </div>
      {mayLift && (
        <ConfirmButton
          label="Lift"
          question="Lift it, recommend again"
          describe={what}
          busy={lift.isBusy}
          onConfirm={() => lift.run()}
        />
      )}
    </li>
  );
}

/** A whole day was chosen as the last one; another moment is said as it is. */
function untilText(expiresAt: string): string {
  if (!expiresAt.endsWith("T00:00:00.000Z")) return `until ${moment(expiresAt)}`;
  return `up to and including ${formatDay(new Date(Date.parse(expiresAt) - 1).toISOString())} (UTC)`;
}

/** "Idle virtual machine for vm-1", "Everything in rg-dev with the tag Team = data" */
function describeSuppression(suppression: Suppression): string {
  const { type, resourceId, scope, tagKey, tagValue } = suppression;
  const types: Readonly<Record<string, string>> = recommendationTypeLabels;
  const lastOf = (id: string) => visibleLine(id.split("/").at(-1) ?? id);
  const said = [type === null ? "Everything" : (types[type] ?? type)];
  if (resourceId !== null) said.push(`for ${lastOf(resourceId)}`);
  if (scope !== null) said.push(`in ${/resourcegroups/i.test(scope) ? "" : "subscription "}${lastOf(scope)}`);
  if (tagKey !== null)
    said.push(`with the tag ${visibleLine(tagKey)}${tagValue ? ` = ${visibleLine(tagValue)}` : ""}`);
  if (said.length === 1) said.push("everywhere");
  return said.join(" ");
}
