"use client";
import type { Connection } from "@cloudoptima/tools/connections/connection-shapes.ts";
import { useState } from "react";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { Button } from "../ui/button.tsx";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { costSourceWords } from "./connection-words.ts";

const kinds = [
  { value: "query", label: "Cost Management's API" },
  { value: "container", label: "Exports in a blob container" },
] as const;
type Kind = (typeof kinds)[number]["value"];

const meanings: Readonly<Record<Kind, string>> = {
  query:
    "Asks Azure for the costs of each day. Nothing has to be set up; Azure limits how often it may be asked, so large tenants sync slowly.",
  container:
    "Reads the files that Azure exports every day (actual and amortized, or FOCUS). Every row of the bill, and no limit on how often. Give this connection's identity the role Storage Blob Data Reader on the container.",
};

/** Where a connection's costs are read from: said, and for admins changed. */
export function CostSource({ connection, onDone }: { connection: Connection; onDone(): Promise<unknown> }) {
  const { id, name, costSource } = connection;
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>(costSource.kind === "query" ? "query" : "container");
  const stored = costSource.kind === "container" ? costSource : undefined;
  if (!open) {
    return (
      <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted text-sm">
        <span className="min-w-0 [overflow-wrap:anywhere]">Costs from {costSourceWords(costSource)}</span>
        <Button size="small" variant="ghost" onClick={() => setOpen(true)}>
          Change
          <span className="sr-only"> where the costs of {name} come from</span>
        </Button>
      </p>
    );
  }
  return (
    <section
      aria-label={`Where the costs of ${name} come from`}
      className="mt-3 max-w-xl rounded-md border bg-background px-3 py-3"
    >
      <AccessForm
        button="Save"
        busyButton="Saving…"
        beside={
          <Button variant="ghost" onClick={() => setOpen(false)}>
            Leave it as it is
          </Button>
        }
        onSend={async (form) => {
          const { storageAccount, container, prefix } = readForm(form, [
            "storageAccount",
            "container",
            "prefix",
          ]);
          await trpcClient.set_cost_source.mutate({
            id,
            kind,
            ...(kind === "container"
              ? { storageAccount: storageAccount.trim(), container: container.trim(), prefix: prefix.trim() }
              : {}),
          });
          await onDone();
          setOpen(false);
        }}
      >
        <ChoiceField
          label={`Costs of ${name} come from`}
          value={kind}
          onPick={(picked) => setKind(picked)}
          options={kinds}
        />
        <p className="text-muted text-sm">{meanings[kind]}</p>
        {kind === "container" && (
          <>
            <div className="grid gap-3 sm:grid-cols-2">
              <TextField
                label="Storage account"
                name="storageAccount"
                defaultValue={stored?.storageAccount}
                hint="Its name alone: 3 to 24 small letters and digits."
                maxLength={24}
                autoComplete="off"
                spellCheck={false}
                required
              />
              <TextField
                label="Container"
                name="container"
                defaultValue={stored?.container}
                maxLength={63}
                autoComplete="off"
                spellCheck={false}
                required
              />
            </div>
            <TextField
              label="Directory of the exports"
              name="prefix"
              defaultValue={stored?.prefix}
              hint="As it was given when the export was made; empty for the whole container."
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
            />
          </>
        )}
        <p className="text-faint text-xs">
          The next sync reads from there. What was read before stays until a newer delivery of its month
          replaces it.
        </p>
      </AccessForm>
    </section>
  );
}
