"use client";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";

interface ChatLink {
  chatName: string;
  chatUserId: string;
  memberName: string;
  status: "waiting" | "linked";
  requestedAt: string;
}

/** One chat account: linked, or waiting for the member to say that it is theirs, both names before their eyes. */
export function LinkRow({
  link,
  platformName,
  teamName,
  busy,
  onConfirm,
  onRemove,
}: {
  link: ChatLink;
  platformName: string;
  teamName: string;
  busy: boolean;
  onConfirm(): void;
  onRemove(): void;
}) {
  const waiting = link.status === "waiting";
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-3 py-2.5">
      <div className="min-w-0 text-sm">
        {waiting && <p className="font-medium">Is this you?</p>}
        <p className="break-words">
          <bdi>{link.chatName}</bdi> in {platformName} ({teamName}) {waiting ? "would act" : "acts"} as{" "}
          <bdi>{link.memberName}</bdi>
        </p>
        <p className="text-faint text-xs tabular-nums">
          {link.chatUserId} · {waiting ? "asked" : "linked"} {moment(link.requestedAt)}
        </p>
      </div>
      <span className="inline-flex gap-1">
        {waiting && (
          <Button size="small" variant="primary" disabled={busy} onClick={onConfirm}>
            Yes, link it
          </Button>
        )}
        {waiting ? (
          <Button size="small" variant="ghost" disabled={busy} onClick={onRemove}>
            No
          </Button>
        ) : (
          <ConfirmButton
            label="Unlink"
            question="Unlink this account"
            describe={link.chatName}
            busy={busy}
            onConfirm={onRemove}
          />
        )}
      </span>
    </li>
  );
}
