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
  beside,
  onSend,
  children,
}: {
  button: string;
  busyButton: string;
  primary?: boolean;
  /** The button as wide as the fields: on a page of its own. */
  wide?: boolean;
  /** What stands beside the button: the way out of it. */
  beside?: ReactNode;
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
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant={primary ? "primary" : "outline"}
          size={wide ? "large" : "medium"}
          className={wide ? "w-full" : undefined}
          disabled={send.isBusy}
        >
          {send.isBusy ? busyButton : button}
        </Button>
        {beside}
      </div>
    </form>
  );
}
