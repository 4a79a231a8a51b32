"use client";
import type { inferRouterInputs } from "@trpc/server";
import { type ReactNode, useState } from "react";
import { addDays } from "../../lib/days.ts";
import { formatCount } from "../../lib/format.ts";
import { trpcClient } from "../../lib/trpc.ts";
import type { AppRouter } from "../../server/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { readForm, TextField } from "../ui/field.tsx";

type Input = inferRouterInputs<AppRouter>["suppress_recommendations"];
/** What a suppression is for; everything that is given must hold. */
export type Suppressed = Omit<Input, "reason" | "expiresAt">;

/** The end of every form that suppresses: why, until when, and what came of it. */
export function SuppressionSend({
  suppressed,
  onDone,
  beside,
  children,
}: {
  /** What the form's fields say; throws in words for a person. */
  suppressed(form: HTMLFormElement): Suppressed | Promise<Suppressed>;
  onDone(): Promise<unknown>;
  beside?: ReactNode;
  children: ReactNode;
}) {
  const [done, setDone] = useState<number | null>(null);
  return (
    <>
      <AccessForm
        primary={false}
        button="Suppress"
        busyButton="Suppressing…"
        beside={beside}
        onSend={async (form) => {
          setDone(null);
          const { reason, until } = readForm(form, ["reason", "until"]);
          const { suppressedCount } = await trpcClient.suppress_recommendations.mutate({
            ...(await suppressed(form)),
            reason,
            ...(until ? { expiresAt: endOf(until) } : {}),
          });
          form.reset();
          setDone(suppressedCount);
          await onDone();
        }}
      >
        {children}
        <div className="grid gap-3 sm:grid-cols-[1fr_150px]">
          <TextField
            label="Reason"
            name="reason"
            minLength={3}
            maxLength={500}
            autoComplete="off"
            placeholder="Needed until the migration is over"
            required
          />
          <TextField label="Last day (UTC)" name="until" type="date" min={today()} />
        </div>
        <p className="text-faint text-xs">Without a last day it holds until somebody lifts it.</p>
      </AccessForm>
      {done !== null && (
        <p role="status" className="mt-2 text-sm">
          Suppressed. {formatCount(done)} open {done === 1 ? "recommendation" : "recommendations"} went off
          the list.
        </p>
      )}
    </>
  );
}

/** A day that people name is meant whole. */
function endOf(day: string): string {
  return `${addDays(day, 1)}T00:00:00Z`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
