"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { OnceSecret } from "../access/once-secret.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { LinkRow } from "./link-row.tsx";

type Platform = "slack" | "teams";
const platformNames: Readonly<Record<Platform, string>> = { slack: "Slack", teams: "Teams" };

/** How often it is looked whether the code has been typed, while one is shown. */
const lookMs = 3_000;

/** A person's chat accounts: show a code, confirm who typed it, unlink. */
export function LinkedChats() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [shown, setShown] = useState<{ platform: Platform; code: string; expiresAt: string } | null>(null);
  const chats = useQuery(trpc.list_chat_links.queryOptions({}, { refetchInterval: shown ? lookMs : false }));
  const refresh = () => queryClient.invalidateQueries(trpc.list_chat_links.pathFilter());
  const start = useAction(async (platform: Platform) => {
    setShown(await trpcClient.create_chat_link_code.mutate({ platform }));
  });
  const confirm = useAction(async (id: string) => {
    await trpcClient.confirm_chat_link.mutate({ id });
    setShown(null);
    await refresh();
  });
  const remove = useAction(async (id: string) => {
    await trpcClient.remove_chat_link.mutate({ id });
    await refresh();
  });

  if (chats.isError) return <Problem text={problemText(chats.error)} />;
  if (!chats.data) return <Skeleton className="h-16 rounded-lg" />;
  const { links, workspaces } = chats.data;
  if (workspaces.length === 0 && links.length === 0) {
    return (
      <p className="text-muted text-sm">
        No chat is connected to this organization. Whoever runs CloudOptima connects Slack with
        SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_TEAM_ID and CLOUDOPTIMA_SLACK_ORGANIZATION.
      </p>
    );
  }
  const bot = workspaces.find(({ platform }) => platform === shown?.platform);
  // The code did its work once somebody typed it: what waits then is the confirmation.
  const waiting = links.some((link) => link.status === "waiting" && link.platform === shown?.platform);
  return (
    <div className="flex flex-col gap-4">
      {shown && !waiting && (
        <OnceSecret
          label={`Type this to ${bot?.botName ?? "the bot"} in a direct message in ${platformNames[shown.platform]}, by ${timeOf(shown.expiresAt)}:`}
          value={shown.code}
          onDone={() => setShown(null)}
        />
      )}
      {links.length > 0 && (
        <ul className="divide-y rounded-lg border bg-surface">
          {links.map((link) => (
            <LinkRow
              key={link.id}
              link={link}
              platformName={platformNames[link.platform]}
              teamName={workspaces.find(({ teamId }) => teamId === link.teamId)?.teamName ?? link.teamId}
              busy={confirm.isBusy || remove.isBusy}
              onConfirm={() => confirm.run(link.id)}
              onRemove={() => remove.run(link.id)}
            />
          ))}
        </ul>
      )}
      <Problem text={confirm.problem ?? remove.problem ?? start.problem} />
      <div className="flex flex-wrap gap-2">
        {workspaces
          .filter(({ teamId }) => !links.some((link) => link.teamId === teamId && link.status === "linked"))
          .map(({ platform, teamId, teamName }) => (
            <Button key={teamId} size="small" disabled={start.isBusy} onClick={() => start.run(platform)}>
              Link {platformNames[platform]} ({teamName})
            </Button>
          ))}
      </div>
    </div>
  );
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
