"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../lib/api.ts";
import { readForm, TextField } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";
import { NewPasswordField } from "./password-fields.tsx";
import { type Account, accountKey } from "./use-account.ts";

/** The first password, or a new one against the present one. */
export function PasswordForm({ account }: { account: Account }) {
  const queryClient = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  return (
    <AccessForm
      primary={false}
      button={account.hasPassword ? "Change password" : "Set password"}
      busyButton="Saving…"
      onSend={async (form) => {
        setSaved(false);
        const { current, password } = readForm(form, ["current", "password"]);
        const body = { next: password, ...(account.hasPassword ? { current } : {}) };
        await api("/account/password", { method: "PUT", body });
        form.reset();
        setSaved(true);
        await queryClient.invalidateQueries({ queryKey: accountKey });
      }}
    >
      {/* For password managers: whose password this is. */}
      <input type="email" autoComplete="username" value={account.email} readOnly hidden />
      <div className="grid max-w-sm gap-3">
        {account.hasPassword && (
          <TextField
            label="Present password"
            name="current"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
        <NewPasswordField label={account.hasPassword ? "New password" : "Password"} />
      </div>
      {account.demo && !account.hasPassword && (
        <p className="max-w-sm text-faint text-xs">
          Set in the demo it opens what the demo's click opens: decisions on the sandbox only.
        </p>
      )}
      {isSaved && (
        <p role="status" className="text-sm">
          Saved. Your other sessions and tokens ended.
        </p>
      )}
    </AccessForm>
  );
}
