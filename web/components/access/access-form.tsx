"use client";
import type { ReactNode } from "react";
import { useAction } from "../../lib/use-action.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";

/** A form that sends once, says why it failed, and keeps what was typed. */
export function AccessForm({
  button,
  busyButton,
  primary = true,
  wide = false,
  onSend,
  children,
}: {
  button: string;
  busyButton: string;
  primary?: boolean;
  /** The button as wide as the fields: on a page of its own. */
  wide?: boolean;
  onSend(form: HTMLFormElement): Promise<unknown>;
  children: ReactNode;
}) {
  const send = useAction(onSend);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send.run(event.currentTarget);
      }}
    >
      {children}
      <Problem text={send.problem} />
      <Button
        type="submit"
        variant={primary ? "primary" : "outline"}
        size={wide ? "large" : "medium"}
        className={wide ? "w-full" : "self-start"}
        disabled={send.isBusy}
      >
        {send.isBusy ? busyButton : button}
      </Button>
    </form>
  );
}
