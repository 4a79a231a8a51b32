"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { problemText } from "../../lib/api.ts";
import { openChat } from "../../lib/chat-store.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { onNewQuestion } from "./ask-event.ts";
import { Composer } from "./composer.tsx";
import { Greeting } from "./greeting.tsx";

const longestTitle = 80;

/** The start page. The first question makes the conversation and takes its address, without a reload. */
export function NewConversation() {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [draft, setDraft] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const busy = useRef(false);
  const inputRef = useRef<HTMLTextAreaElement>(null);

  const ask = useCallback(
    async (question: string) => {
      const message = question.trim();
      if (!message || busy.current) return;
      busy.current = true;
      setProblem(null);
      setDraft(message);
      try {
        const title = message.length > longestTitle ? `${message.slice(0, longestTitle - 1)}…` : message;
        const { id } = await trpcClient.create_conversation.mutate({ title });
        const chat = openChat(id, []);
        void chat.sendMessage({ text: message });
        window.history.pushState(null, "", `/c/${id}`);
        await queryClient.invalidateQueries(trpc.list_conversations.pathFilter());
      } catch (error) {
        busy.current = false;
        setProblem(problemText(error));
      }
    },
    [queryClient, trpc],
  );

  useEffect(() => onNewQuestion(ask), [ask]);
  useEffect(() => {
    // On a phone the keyboard would cover the example questions.
    if (window.matchMedia("(hover: hover)").matches) inputRef.current?.focus();
  }, []);

  return (
    <div className="scroll-calm flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col px-4 sm:px-6">
        <div className="my-auto py-8 sm:pb-[14vh]">
          <Greeting onAsk={ask}>
            <Composer
              inputRef={inputRef}
              value={draft}
              onChange={setDraft}
              onSubmit={() => ask(draft)}
              onStop={() => undefined}
              onRecall={() => undefined}
              busy={false}
            />
            {problem && (
              <p role="alert" className="mt-2 text-sm text-worse">
                {problem} Your question is still in the box.
              </p>
            )}
          </Greeting>
        </div>
      </div>
    </div>
  );
}
