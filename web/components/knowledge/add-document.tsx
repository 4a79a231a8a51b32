"use client";
import { useQueryClient } from "@tanstack/react-query";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { readForm, TextAreaField, TextField } from "../ui/field.tsx";

/** A document as it is pasted. */
export function AddDocument() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (
    <AccessForm
      primary={false}
      button="Add"
      busyButton="Adding it…"
      onSend={async (form) => {
        const { title, source, text } = readForm(form, ["title", "source", "text"]);
        await trpcClient.add_knowledge.mutate({ title, text, ...(source ? { source } : {}) });
        form.reset();
        await Promise.all(
          [trpc.list_knowledge, trpc.search_knowledge].map((read) =>
            queryClient.invalidateQueries(read.pathFilter()),
          ),
        );
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="Title" name="title" required minLength={2} maxLength={200} />
        <TextField
          label="Address (optional)"
          name="source"
          type="url"
          placeholder="https://wiki.contoso.example/…"
          maxLength={1000}
        />
      </div>
      <TextAreaField label="Text" name="text" required maxLength={200_000} rows={8} />
    </AccessForm>
  );
}
