"use client";
import type { Connection } from "@cloudoptima/tools/connections/connection-shapes.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { cn } from "../../lib/cn.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { describeKind, describeStatus, type Mark } from "./connection-words.ts";
import { CostSource } from "./cost-source.tsx";
import { NewSecret } from "./new-secret.tsx";
import { ScanProgress } from "./scan-progress.tsx";
import { TestResult } from "./test-result.tsx";

type Tested = Awaited<ReturnType<typeof trpcClient.test_connection.mutate>>;

const tones: Record<Mark["tone"], string> = {
  better: "bg-better",
  warn: "bg-warn",
  worse: "bg-worse",
  muted: "bg-border-strong",
};

/** One connection: what it is, how it stands, and what one can do with it. */
export function ConnectionRow({
  connection,
  manages,
  syncs,
}: {
  connection: Connection;
  manages: boolean;
  syncs: boolean;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [tested, setTested] = useState<Tested | null>(null);
  const refresh = () => queryClient.invalidateQueries(trpc.list_connections.pathFilter());
  const { id, name, kind, status, identity } = connection;
  const isCloud = kind !== "focus";
  const isOver = status === "disconnected";
  const test = useAction(async () => setTested(await trpcClient.test_connection.mutate({ id })));
  const sync = useAction(async () => {
    await trpcClient.sync_connection.mutate({ id });
    await refresh();
  });
  const remove = useAction(async () => {
    await trpcClient.delete_connection.mutate({ id });
    setTested(null);
    await refresh();
  });
  const again = useAction(async () => {
    await trpcClient.update_connection.mutate({ id, reconnect: true });
    await refresh();
  });
  const needsSecret = manages && identity === "service_principal" && !connection.hasCredentials;
  const mark = describeStatus(connection);
  const failures = connection.lastScanResult?.failures ?? [];
  const notGranted = connection.lastScanResult?.notGranted ?? [];
  return (
    <li className="px-3 py-3">
      <div className="grid items-start gap-x-3 gap-y-2 sm:grid-cols-[1fr_auto]">
        <div className="min-w-0 text-sm">
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-0 truncate font-medium">{name}</span>
            <span className="inline-flex items-center gap-1.5 text-muted">
              <span
                aria-hidden
                className={cn(
                  "size-1.5 rounded-full",
                  tones[mark.tone],
                  connection.scanning && "animate-wait",
                )}
              />
              {mark.word}
            </span>
          </p>
          <p className="text-muted">{describeKind(connection)}</p>
          <p className="break-words text-faint text-xs tabular-nums">{facts(connection)}</p>
        </div>
        <div className="flex flex-wrap gap-1 sm:justify-end">
          {isCloud && manages && !isOver && (
            <Button size="small" variant="ghost" disabled={test.isBusy} onClick={() => test.run()}>
              {test.isBusy ? "Testing…" : "Test"}
              <span className="sr-only">{name}</span>
            </Button>
          )}
          {isCloud && syncs && !isOver && (
            <Button
              size="small"
              variant="ghost"
              disabled={sync.isBusy || Boolean(connection.scanning)}
              onClick={() => sync.run()}
            >
              {connection.scanning ? "Syncing…" : "Sync"}
              <span className="sr-only">{name}</span>
            </Button>
          )}
          {manages && isOver && isCloud && !needsSecret && (
            <Button size="small" variant="ghost" disabled={again.isBusy} onClick={() => again.run()}>
              Connect again
              <span className="sr-only">{name}</span>
            </Button>
          )}
          {manages && !isOver && (
            <ConfirmButton
              label="Remove"
              question={connection.lastScan ? "Remove, keep its data" : "Remove for good"}
              describe={name}
              busy={remove.isBusy}
              onConfirm={() => remove.run()}
            />
          )}
        </div>
      </div>
      <Problem text={test.problem ?? sync.problem ?? remove.problem ?? again.problem} className="mt-2" />
      {connection.scanning && <ScanProgress connectionName={name} />}
      {failures.length > 0 && !connection.scanning && !isOver && <Failures failures={failures} />}
      {notGranted.length > 0 && !connection.scanning && !isOver && <NotGranted notGranted={notGranted} />}
      {isCloud && manages && !isOver && <CostSource connection={connection} onDone={refresh} />}
      {needsSecret && <NewSecret id={id} name={name} onDone={refresh} />}
      {tested && <TestResult tested={tested} onClose={() => setTested(null)} />}
    </li>
  );
}

function facts({ lastScan, subscriptionCount, tenantId, clientId, disconnectedAt }: Connection): string {
  const said = [
    disconnectedAt && `ended ${moment(disconnectedAt)}; its costs and history stay`,
    lastScan ? `last sync ${moment(lastScan)}` : null,
    subscriptionCount > 0 &&
      `${subscriptionCount} ${subscriptionCount === 1 ? "subscription" : "subscriptions"}`,
    tenantId && `tenant ${tenantId}`,
    clientId && `client ${clientId}`,
  ];
  return said.filter(Boolean).join(" · ");
}

type Shortcomings = NonNullable<Connection["lastScanResult"]>["failures"];

/** What is not known of a connection because nobody let it look; that is no failure. */
function NotGranted({ notGranted }: { notGranted: Shortcomings }) {
  return (
    <ul className="mt-2 flex flex-col gap-1 text-sm text-muted">
      {notGranted.slice(0, 5).map(({ subscriptionName, message, hint }) => (
        <li key={`${subscriptionName} ${message}`}>
          {subscriptionName ? `${subscriptionName}: ` : ""}
          {message} {hint}
        </li>
      ))}
      {notGranted.length > 5 && <li>and {notGranted.length - 5} more</li>}
    </ul>
  );
}

function Failures({ failures }: { failures: Shortcomings }) {
  return (
    <ul className="mt-2 flex flex-col gap-1 rounded-md bg-worse-soft px-3 py-2 text-sm">
      {failures.slice(0, 5).map(({ subscriptionName, stage, message, hint }) => (
        <li key={`${subscriptionName} ${stage} ${message}`}>
          {subscriptionName ? `${subscriptionName}, ${stage}: ` : `${stage}: `}
          {message} <span className="text-muted">{hint}</span>
        </li>
      ))}
      {failures.length > 5 && <li className="text-muted">and {failures.length - 5} more</li>}
    </ul>
  );
}
