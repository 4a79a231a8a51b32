"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Section, SettingsPage } from "../access/section.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AddConnection } from "./add-connection.tsx";
import { ConnectionRow } from "./connection-row.tsx";

/** Which clouds the organization's figures come from, how they stand, and how to add one. */
export function ConnectionsPage() {
  const trpc = useTRPC();
  const session = useSession();
  const manages = may(session.data, "connections:manage");
  const syncs = may(session.data, "resources:scan");
  const list = useQuery(
    trpc.list_connections.queryOptions(
      {},
      {
        refetchInterval: ({ state }) =>
          state.data?.connections.some(({ scanning }) => scanning) ? 1_500 : false,
      },
    ),
  );
  const organization = session.data?.organization?.name ?? "your organization";
  return (
    <SettingsPage title="Connections" text={`Where the figures of ${organization} come from.`}>
      <Problem text={list.isError ? problemText(list.error) : null} />
      {list.isPending && <Skeleton className="h-40 rounded-lg" />}
      {list.data && list.data.connections.length === 0 && (
        <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted text-sm">
          Nothing is connected yet. {manages ? "Add an Azure tenant below." : "An admin can add a cloud."}
        </p>
      )}
      {list.data && list.data.connections.length > 0 && (
        <ul className="divide-y rounded-lg border bg-surface">
          {list.data.connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} manages={manages} syncs={syncs} />
          ))}
        </ul>
      )}
      <div className="h-8" />
      {manages && (
        <Section
          title="Add Azure"
          text="Reads resources, costs and metrics. Nothing is ever changed without a plan that a person approved."
        >
          <AddConnection isDemo={(session.data?.demoPeople.length ?? 0) > 0} />
        </Section>
      )}
    </SettingsPage>
  );
}
