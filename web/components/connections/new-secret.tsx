"use client";
import { trpcClient } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { readForm, TextField } from "../ui/field.tsx";

/** A disconnected service principal has lost its secret: a new one connects it again. */
export function NewSecret({ id, name, onDone }: { id: string; name: string; onDone(): Promise<unknown> }) {
  return (
    <div className="mt-3 max-w-md">
      <AccessForm
        primary={false}
        button="Connect again"
        busyButton="Connecting…"
        onSend={async (form) => {
          await trpcClient.update_connection.mutate({ id, ...readForm(form, ["clientSecret"]) });
          await onDone();
        }}
      >
        <TextField
          label={`Client secret of ${name}, its value`}
          name="clientSecret"
          type="password"
          autoComplete="new-password"
          required
        />
      </AccessForm>
    </div>
  );
}
