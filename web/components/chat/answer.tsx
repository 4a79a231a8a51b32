"use client";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Check, ChevronRight, Copy, ListTree, RotateCcw } from "lucide-react";
import { useMemo, useState } from "react";
import { pinInput, readAnswer, type ShownView, type ToolStep, toolTitle } from "../../lib/figures.ts";
import { plainText } from "../../lib/plain-text.ts";
import { usePins } from "../../lib/queries.ts";
import { sameJson } from "../../lib/same-json.ts";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { dimensionOf, isEmptyView } from "../../lib/view-facts.ts";
import { Button } from "../ui/button.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { ViewCard } from "../views/view-card.tsx";
import { AnswerText } from "./answer-text.tsx";
import { useProof } from "./proof-context.tsx";

const viewsAtFirst = 2;

/** One answer: the finding, what it was looked up with, the chart, and what to do next. */
export function Answer({
  message,
  streaming,
  onAsk,
  onRetry,
  last,
}: {
  message: AgentMessage;
  streaming: boolean;
  onAsk(question: string): void;
  onRetry?: () => void;
  last: boolean;
}) {
  const { text, figures, views, steps, suggestions } = useMemo(() => readAnswer(message), [message]);
  const proof = useProof();
  const stopped = message.metadata?.stopped;
  return (
    <article aria-label="Answer" className="space-y-4">
      {text === "" && streaming && <Waiting steps={steps} />}
      {text !== "" && <AnswerText text={text} figures={figures} steps={steps} streaming={streaming} />}
      {!streaming && <AnswerViews views={views} />}
      {stopped && !streaming && (
        <p className="text-muted text-sm">Stopped. What was found until then is kept.</p>
      )}
      {!streaming && (
        <footer className="-ml-2 flex flex-wrap items-center gap-0.5">
          <CopyButton text={plainText(text)} />
          {last && onRetry && (
            <Tooltip label="Ask again">
              <Button variant="ghost" size="icon-small" aria-label="Ask again" onClick={onRetry}>
                <RotateCcw size={14} />
              </Button>
            </Tooltip>
          )}
          {steps.length > 0 && (
            <Button variant="ghost" size="small" onClick={() => proof.open({ figure: null, steps })}>
              <ListTree size={14} />
              {steps.length === 1 ? toolTitle(steps[0]!.name) : `${steps.length} look-ups`}
            </Button>
          )}
          {message.metadata?.model && (
            <span className="ml-auto pr-1 text-faint text-xs">{message.metadata.model}</span>
          )}
        </footer>
      )}
      {last && !streaming && suggestions.length > 0 && (
        <ul aria-label="Next questions" className="flex flex-wrap gap-2">
          {suggestions.slice(0, 3).map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => onAsk(suggestion)}
                className="flex items-center gap-1 rounded-full border bg-surface py-1 pr-2 pl-3 text-left text-sm transition-colors hover:border-border-strong hover:bg-hover"
              >
                {suggestion}
                <ChevronRight size={14} className="shrink-0 text-faint" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function Waiting({ steps }: { steps: ToolStep[] }) {
  const current = steps.at(-1);
  return (
    <p className="flex h-[26px] animate-wait items-center text-muted">
      {current ? `Looking at: ${toolTitle(current.name).toLowerCase()}…` : "Reading the question…"}
    </p>
  );
}

function AnswerViews({ views }: { views: ShownView[] }) {
  const [all, setAll] = useState(false);
  const drawable = views.filter(({ view }) => view.type !== "text" && !isEmptyView(view));
  // What asks for a decision is never folded away.
  const proposals = drawable.filter(({ view }) => view.type === "proposal");
  const others = drawable.filter(({ view }) => view.type !== "proposal");
  const room = Math.max(0, viewsAtFirst - proposals.length);
  const shown = [...proposals, ...(all ? others : others.slice(0, room))];
  if (drawable.length === 0) return null;

  return (
    <div className="space-y-3">
      {shown.map((view) => (
        <PinnableView key={view.id} shown={view} />
      ))}
      {drawable.length > shown.length && (
        <Button variant="ghost" size="small" className="-ml-2" onClick={() => setAll(true)}>
          Show {drawable.length - shown.length} more
        </Button>
      )}
    </div>
  );
}

function PinnableView({ shown }: { shown: ShownView }) {
  const pins = usePins();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { view, tool: toolName } = shown;
  const toolInput = pinInput(shown);
  const pin = useAction(async () => {
    const title = "title" in view ? view.title : toolTitle(toolName);
    await trpcClient.pin_answer.mutate({ title, toolName, toolInput: toolInput as Record<string, unknown> });
    await queryClient.invalidateQueries(trpc.list_pins.pathFilter());
  });
  return (
    <ViewCard
      view={view}
      dimension={dimensionOf(shown.input)}
      pinned={pins.data?.some((one) => one.toolName === toolName && sameJson(one.toolInput, toolInput))}
      onPin={() => pin.run()}
      problem={pin.problem}
    />
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Tooltip label={copied ? "Copied" : "Copy the answer"}>
      <Button
        variant="ghost"
        size="icon-small"
        aria-label="Copy the answer"
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          setCopied(true);
          setTimeout(() => setCopied(false), 1500);
        }}
      >
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </Button>
    </Tooltip>
  );
}
