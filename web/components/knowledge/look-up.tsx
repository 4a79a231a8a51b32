"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Button } from "../ui/button.tsx";
import { readForm, TextField } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";

/** The passages closest to a question, as an answer would quote them. */
export function LookUp() {
  const trpc = useTRPC();
  const [question, setQuestion] = useState("");
  const found = useQuery(
    trpc.search_knowledge.queryOptions(
      { question },
      { enabled: question.length > 1, placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className="flex flex-col gap-3">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setQuestion(readForm(event.currentTarget, ["question"]).question.trim());
        }}
      >
        <TextField
          label="Question"
          name="question"
          placeholder="How do we protect backups?"
          required
          minLength={2}
          maxLength={500}
          className="flex-1"
        />
        <Button type="submit" variant="outline" className="h-9" disabled={found.isFetching}>
          Look up
        </Button>
      </form>
      <Problem text={found.isError ? problemText(found.error) : null} />
      {found.data && (
        <div role="status" className="text-sm">
          {found.data.note && <p className="text-muted">{found.data.note}</p>}
          <ol aria-label="Passages" className="divide-y rounded-lg border bg-surface empty:hidden">
            {found.data.passages.map(({ kind, title, text, source, checkId }) => (
              <li key={`${checkId}${title}${text}`} className="px-3 py-2.5">
                <p className="font-medium">{title}</p>
                <p className="mt-1 line-clamp-4 break-words text-muted">{text}</p>
                <p className="mt-1 text-faint text-xs">
                  {kind === "document" ? "Your document" : `Guidance, ${checkId}`}
                  {source && (
                    <>
                      {" · "}
                      <a href={source} target="_blank" rel="noreferrer" className="underline">
                        source
                      </a>
                    </>
                  )}
                </p>
              </li>
            ))}
          </ol>
          <p className="mt-2 text-faint text-xs">Found by {found.data.searchedBy}.</p>
        </div>
      )}
    </div>
  );
}
