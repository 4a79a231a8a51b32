"use client";
import { useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { forgetChat } from "../../lib/chat-store.ts";
import { cn } from "../../lib/cn.ts";
import { formatRecent } from "../../lib/format.ts";
import { type ConversationSummary, useConversations, useDataState } from "../../lib/queries.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "../ui/menu.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** The person's conversations, latest first, grouped by when they were last used. */
export function ConversationList() {
  const conversations = useConversations();
  const state = useDataState();
  // The business clock may be fixed; conversations are dated by it.
  const now = new Date(state.data?.now ?? conversations.data?.[0]?.updatedAt ?? Date.now()).getTime();
  if (conversations.isPending) {
    return (
      <div className="flex-1 space-y-2 p-5">
        <Skeleton className="h-4 w-36" />
        <Skeleton className="h-4 w-44" />
        <Skeleton className="h-4 w-28" />
      </div>
    );
  }
  const groups = Map.groupBy(conversations.data ?? [], ({ updatedAt }) => formatRecent(updatedAt, now));
  return (
    <nav aria-label="Conversations" className="scroll-calm mt-3 min-h-0 flex-1 overflow-y-auto px-3 pb-3">
      {conversations.isError && (
        <p className="px-2 py-1 text-muted text-sm">
          Conversations cannot be shown: {conversations.error.message}
        </p>
      )}
      {conversations.data?.length === 0 && (
        <p className="px-2 py-1 text-faint text-sm">Your conversations will be kept here.</p>
      )}
      {[...groups].map(([name, members]) => (
        <section key={name} className="mb-3">
          <h2 className="px-2 pt-1 pb-1 text-faint text-xs">{name}</h2>
          <ul className="flex flex-col gap-0.5">
            {members.map((conversation) => (
              <ConversationItem key={conversation.id} conversation={conversation} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function ConversationItem({ conversation }: { conversation: ConversationSummary }) {
  const pathname = usePathname();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const { id, title } = conversation;
  const active = pathname === `/c/${id}`;
  const trpc = useTRPC();
  const refresh = () => queryClient.invalidateQueries(trpc.list_conversations.pathFilter());

  const rename = useAction(async (next: string) => {
    await trpcClient.rename_conversation.mutate({ id, title: next });
    await refresh();
  });
  const remove = useAction(async () => {
    await trpcClient.delete_conversation.mutate({ id });
    forgetChat(id);
    if (active) router.push("/");
    await refresh();
  });
  const finishRenaming = (text: string) => {
    setRenaming(false);
    const next = text.trim();
    if (next && next !== title) rename.run(next);
    else rename.forget();
  };

  if (renaming) {
    return (
      <li>
        <input
          // biome-ignore lint/a11y/noAutofocus: the person just chose to rename
          autoFocus
          defaultValue={rename.failedInput ?? title}
          maxLength={120}
          aria-label="Title of the conversation"
          className="h-8 w-full rounded-md border bg-surface px-2 text-sm"
          onBlur={(event) => finishRenaming(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") setRenaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className="group relative">
      <Link
        href={`/c/${id}`}
        aria-current={active ? "page" : undefined}
        title={title}
        className={cn(
          "flex h-8 items-center rounded-md pr-8 pl-2 text-sm transition-colors hover:bg-hover",
          active ? "bg-selected text-foreground" : "text-muted hover:text-foreground",
        )}
      >
        <span className="truncate">{title}</span>
      </Link>
      <Menu>
        <MenuTrigger asChild>
          <button
            type="button"
            aria-label={`More for "${title}"`}
            className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-sm text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <MoreHorizontal size={15} />
          </button>
        </MenuTrigger>
        <MenuContent align="start">
          <MenuItem onSelect={() => setTimeout(() => setRenaming(true))}>
            <Pencil /> Rename
          </MenuItem>
          <MenuItem onSelect={() => remove.run()}>
            <Trash2 /> Delete
          </MenuItem>
        </MenuContent>
      </Menu>
      <Problem text={rename.problem ?? remove.problem} className="px-2 py-1" />
    </li>
  );
}
