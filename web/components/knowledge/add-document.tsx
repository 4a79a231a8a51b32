"use client";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { readForm, TextAreaField, TextField } from "../ui/field.tsx";
import { useRefreshKnowledge } from "./use-refresh-knowledge.ts";

/** A document as it is pasted. */
export function AddDocument() {
  const refresh = useRefreshKnowledge();
  return (
    <AccessForm
      primary={false}
      button="Add"
      busyButton="Adding it…"
      onSend={async (form) => {
        const { title, source, text } = readForm(form, ["title", "source", "text"]);
        await trpcClient.add_knowledge.mutate({ title, text, ...(source ? { source } : {}) });
        form.reset();
        await refresh();
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
