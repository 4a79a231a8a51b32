"use client";
import { type Chat, useChat } from "@ai-sdk/react";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { stopAnswer, textOf } from "../../lib/chat-store.ts";
import { plainText } from "../../lib/plain-text.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Answer } from "./answer.tsx";
import { AnswerError } from "./answer-error.tsx";
import { Composer } from "./composer.tsx";
import { useStickToBottom } from "./use-stick-to-bottom.ts";

/** A thread of questions and answers with the box for the next one. */
export function Conversation({ chat, resume = false }: { chat: Chat<AgentMessage>; resume?: boolean }) {
  const { messages, status, error, sendMessage, regenerate, clearError } = useChat({ chat, throttle: 40 });
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [draft, setDraft] = useState("");
  const inputRef = useRef<HTMLTextAreaElement>(null);
  const busy = status === "submitted" || status === "streaming";
  const scroll = useStickToBottom(messages);
  const lastQuestion = messages.findLast(({ role }) => role === "user");

  // The answer was being written when the page was left: take it up from its beginning.
  useEffect(() => {
    if (resume && chat.status === "ready") void chat.resumeStream();
  }, [resume, chat]);
  useEffect(() => {
    if (window.matchMedia("(hover: hover)").matches) inputRef.current?.focus();
  }, []);
  useEffect(() => {
    if (status === "ready") void queryClient.invalidateQueries(trpc.list_conversations.pathFilter());
  }, [status, queryClient, trpc]);

  const ask = useCallback(
    (question: string) => {
      const text = question.trim();
      if (!text || chat.status === "submitted" || chat.status === "streaming") return;
      if (chat.status === "error") clearError();
      setDraft("");
      scroll.follow();
      void sendMessage({ text });
    },
    [chat, sendMessage, clearError, scroll.follow],
  );
  const stop = useCallback(() => void stopAnswer(chat), [chat]);
  const retry = useCallback(() => void regenerate(), [regenerate]);

  const newest = messages.at(-1);
  return (
    <>
      <div ref={scroll.ref} onScroll={scroll.onScroll} className="scroll-calm min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[760px] space-y-8 px-4 pt-8 pb-10 sm:px-6">
          <h1 className="sr-only">Conversation</h1>
          {messages.map((message, index) =>
            message.role === "user" ? (
              <Question key={message.id} text={textOf(message)} />
            ) : (
              <Answer
                key={message.id}
                message={message}
                streaming={busy && index === messages.length - 1}
                last={index === messages.length - 1}
                onAsk={ask}
                onRetry={() => lastQuestion && ask(textOf(lastQuestion))}
              />
            ),
          )}
          {status === "submitted" && newest?.role === "user" && (
            <p className="flex h-[26px] animate-wait items-center text-muted">Reading the question…</p>
          )}
          {error && <AnswerError error={error} onRetry={retry} />}
        </div>
      </div>
      <div className="relative mx-auto w-full max-w-[760px] px-4 pb-4 before:pointer-events-none before:absolute before:inset-x-0 before:-top-6 before:h-6 before:bg-linear-to-t before:from-background before:to-transparent sm:px-6">
        {!scroll.atBottom && (
          <Button
            size="icon"
            aria-label="Scroll to the newest"
            className="absolute -top-10 left-1/2 -translate-x-1/2 rounded-full"
            onClick={scroll.toBottom}
          >
            <ArrowDown size={15} />
          </Button>
        )}
        <Composer
          inputRef={inputRef}
          value={draft}
          onChange={setDraft}
          onSubmit={() => ask(draft)}
          onStop={stop}
          onRecall={() => (lastQuestion ? textOf(lastQuestion) : undefined)}
          busy={busy}
        />
      </div>
      <p className="sr-only" role="status" aria-live="polite">
        {announcement(status, newest)}
      </p>
    </>
  );
}

function Question({ text }: { text: string }) {
  return (
    <div data-question="" className="flex justify-end">
      <h2 className="max-w-[85%] whitespace-pre-wrap break-words rounded-xl rounded-br-sm bg-hover px-3.5 py-2 font-normal">
        {text}
      </h2>
    </div>
  );
}

/** What a screen reader hears: that work began, and the whole answer once, when it is complete. */
function announcement(status: string, newest: AgentMessage | undefined): string {
  if (status === "submitted") return "Reading the question.";
  if (status !== "ready" || newest?.role !== "assistant") return "";
  return `Answer: ${plainText(textOf(newest))}`;
}
