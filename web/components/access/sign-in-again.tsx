"use client";
import { Dialog } from "radix-ui";
import { api } from "../../lib/api.ts";
import { readForm, TextField } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";
import { useAccount } from "./use-account.ts";

/** Asks for the password once more before something grave; a demo person without one confirms by a click. */
export function SignInAgain({
  open,
  reason,
  onClose,
  onSignedIn,
}: {
  open: boolean;
  /** Why, as a sentence: "This change is high risk." */
  reason: string;
  onClose(): void;
  onSignedIn(): void;
}) {
  const account = useAccount(open);
  const asksPassword = account.data?.hasPassword ?? true;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/25 dark:bg-black/50" />
        <Dialog.Content className="fixed top-[18vh] left-1/2 z-50 w-[min(380px,calc(100vw-24px))] -translate-x-1/2 animate-rise rounded-xl border bg-surface p-5 shadow-(--shadow) outline-none">
          <Dialog.Title className="font-semibold text-base">Sign in again</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-muted text-sm">{reason}</Dialog.Description>
          <AccessForm
            wide
            button={asksPassword ? "Sign in" : "It is me"}
            busyButton="Signing in…"
            onSend={async (form) => {
              const { password } = readForm(form, ["password"]);
              await api("/account/sign-in-again", { body: password ? { password } : {} });
              onSignedIn();
            }}
          >
            {asksPassword && (
              <TextField
                label={`Password of ${account.data?.email ?? "yours"}`}
                name="password"
                type="password"
                autoComplete="current-password"
                required
                autoFocus
              />
            )}
          </AccessForm>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
