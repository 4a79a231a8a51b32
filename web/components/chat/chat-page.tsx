"use client";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { knownChat, openChat } from "../../lib/chat-store.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Conversation } from "./conversation.tsx";
import { NewConversation } from "./new-conversation.tsx";

/** The chat: a new conversation at "/", a kept one at "/c/<id>". */
export function ChatPage() {
  const id = /^\/c\/([^/]+)/.exec(usePathname())?.[1];
  return (
    <main id="main" className="flex min-h-0 flex-1 flex-col">
      {id ? <KeptConversation key={id} id={id} /> : <NewConversation />}
    </main>
  );
}

function KeptConversation({ id }: { id: string }) {
  const known = knownChat(id);
  const trpc = useTRPC();
  const kept = useQuery({
    queryKey: [...trpc.get_conversation.queryKey({ id }), "with its running answer"],
    queryFn: async () => {
      // Asked first: an answer that ends in between is then in the messages as well, and not missing in both.
      const answering = await trpcClient.web.answering.query({ id });
      const { messages } = await trpcClient.get_conversation.query({ id });
      return { answering, messages: messages as unknown as AgentMessage[] };
    },
    enabled: !known,
    // What is shown afterwards lives in the chat itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (known) return <Conversation chat={known} />;
  if (kept.isError) {
    return (
      <div className="m-auto max-w-sm p-6 text-center">
        <h1 className="font-semibold text-lg">{kept.error.message}</h1>
        <p className="mt-1 text-muted">It may have been deleted, or it belongs to the other organization.</p>
        <Button className="mt-4" onClick={() => kept.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (kept.isPending) {
    return (
      <div className="mx-auto w-full max-w-[760px] space-y-4 px-4 pt-10" aria-busy="true">
        <Skeleton className="ml-auto h-10 w-72" />
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-60 w-full" />
      </div>
    );
  }
  const { messages, answering } = kept.data;
  const shown = answering === null ? messages : [...messages, questionMessage(answering)];
  return <Conversation chat={openChat(id, shown)} resume={answering !== null} />;
}

function questionMessage(text: string): AgentMessage {
  return { id: "answering", role: "user", parts: [{ type: "text", text }] };
}
