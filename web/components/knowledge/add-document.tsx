"use client";
import { acceptedFiles, largestFile } from "@cloudoptima/tools/knowledge/files/file-kinds.ts";
import { useState } from "react";
import { api } from "../../lib/api.ts";
import { ApiError } from "../../lib/api-error.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { ChoiceField, readForm, TextAreaField, TextField } from "../ui/field.tsx";
import { useRefreshKnowledge } from "./use-refresh-knowledge.ts";

const ways = [
  { value: "file", label: "A file" },
  { value: "text", label: "Pasted text" },
] as const;

/** A document as a file or as it is pasted. */
export function AddDocument() {
  const refresh = useRefreshKnowledge();
  const [way, setWay] = useState<(typeof ways)[number]["value"]>("file");
  const isFile = way === "file";
  return (
    <AccessForm
      primary={false}
      button="Add"
      busyButton="Adding it…"
      onSend={async (form) => {
        const { title, source, text } = readForm(form, ["title", "source", "text"]);
        const told = { ...(title.trim() ? { title } : {}), ...(source ? { source } : {}) };
        if (isFile) await upload(new FormData(form).get("file") as File, told);
        else await trpcClient.add_knowledge.mutate({ ...told, title, text });
        form.reset();
        await refresh();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField label="From" value={way} onPick={(picked) => setWay(picked)} options={ways} />
        {isFile && (
          <TextField
            label="File"
            name="file"
            type="file"
            accept={acceptedFiles}
            required
            hint="Markdown, text, HTML or PDF, up to 4 MB. Its text is kept, the file is not."
            className="[&_input]:py-1.5 [&_input]:file:mr-2 [&_input]:file:font-medium [&_input]:file:text-muted"
          />
        )}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={isFile ? "Title (optional)" : "Title"}
          name="title"
          required={!isFile}
          minLength={2}
          maxLength={200}
        />
        <TextField
          label="Address (optional)"
          name="source"
          type="url"
          placeholder="https://wiki.contoso.example/…"
          maxLength={1000}
        />
      </div>
      {!isFile && <TextAreaField label="Text" name="text" required maxLength={200_000} rows={8} />}
    </AccessForm>
  );
}

async function upload(file: File, told: { title?: string; source?: string }): Promise<void> {
  if (file.size > largestFile) {
    throw new ApiError(413, "The file is larger than 4 MB.", "Leave its pictures out, or split it.");
  }
  const body = { ...told, fileName: file.name, base64: await base64Of(file) };
  await api("/v1/knowledge/files", { body });
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new ApiError(400, "The file could not be read.", "Choose it again."));
    reader.readAsDataURL(file);
  });
}
