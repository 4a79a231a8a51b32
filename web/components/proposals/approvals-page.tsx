"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { usePathname } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { problemText } from "../../lib/api.ts";
import { formatCount } from "../../lib/format.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useRowKeys } from "../../lib/use-row-keys.ts";
import { Button } from "../ui/button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { type Group, groupOf } from "./approval-groups.ts";
import { ApprovalPanel } from "./approval-panel.tsx";
import { ApprovalRules } from "./approval-rules.tsx";
import type { Asking } from "./decision-bar.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { NoProposals } from "./no-proposals.tsx";
import { ProposalRows } from "./proposal-rows.tsx";
import { StopButton, StoppedBanner } from "./stop-switch.tsx";
import { useProposal } from "./use-proposal.ts";
import { pageSize, useProposals } from "./use-proposals.ts";

/** Everything that waits for a decision, runs, or was decided; one of them open at /approvals/<id>. */
export function ApprovalsPage() {
  const current = /^\/approvals\/([^/]+)/.exec(usePathname())?.[1] ?? null;
  const { data: session } = useSession();
  const [show, setShow] = useShownGroup(current);
  const [offset, setOffset] = useState(0);
  const [asking, setAsking] = useState<Asking>(null);
  const list = useProposals(show, offset);
  const rows = list.data?.rows;

  const open = useCallback((id: string | null) => {
    setAsking(null);
    // The address alone changes: the list stays as it is, and Back closes what was opened.
    const address = id ? `/approvals/${id}` : "/approvals";
    if (address !== window.location.pathname) window.history.pushState(null, "", address);
  }, []);
  const ids = useMemo(() => rows?.map(({ id }) => id) ?? [], [rows]);
  useRowKeys({
    attribute: "proposal",
    ids,
    current,
    onOpen: open,
    onOther(key, id) {
      const ask = { a: "approve", r: "reject" }[key] as Asking | undefined;
      if (!ask) return false;
      open(id);
      setAsking(ask);
      return true;
    },
    onEscape() {
      setAsking(null);
      return asking !== null;
    },
  });

  const pick = (group: Group) => {
    setShow(group);
    setOffset(0);
    open(null);
  };
  const total = list.data?.totalCount ?? 0;
  return (
    <div className="flex min-h-0 flex-1">
      <main id="main" className="scroll-calm min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1280px] px-4 py-8 sm:px-6">
          <header className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h1 className="font-semibold text-xl tracking-[-0.015em]">Approvals</h1>
            {may(session, "settings:manage") && (
              <div className="flex gap-1">
                <ApprovalRules />
                <StopButton />
              </div>
            )}
          </header>
          <StoppedBanner />
          <div className="mt-4 flex items-center justify-between gap-4">
            <GroupFilter show={show} onShow={pick} />
            {current === null && <KeyHints />}
          </div>
          <div className="mt-3">
            <Problem text={list.isError ? problemText(list.error) : null} className="mb-3" />
            {list.isPending && !list.isError && <Skeleton className="h-[480px] rounded-lg border" />}
            {rows && rows.length > 0 && <ProposalRows rows={rows} current={current} onOpen={open} />}
            {rows?.length === 0 && show && <NoProposals show={show} />}
          </div>
          {rows && total > pageSize && (
            <footer className="mt-3 flex items-center justify-between gap-3 text-muted text-sm tabular-nums">
              <p aria-live="polite">
                {formatCount(offset + 1)}–{formatCount(offset + rows.length)} of {formatCount(total)}
              </p>
              <div className="flex gap-2">
                <Button size="small" disabled={offset === 0} onClick={() => setOffset(offset - pageSize)}>
                  <ChevronLeft size={13} /> Newer
                </Button>
                <Button
                  size="small"
                  disabled={offset + rows.length >= total}
                  onClick={() => setOffset(offset + pageSize)}
                >
                  Older <ChevronRight size={13} />
                </Button>
              </div>
            </footer>
          )}
        </div>
      </main>
      <ApprovalPanel id={current} asking={asking} onAsk={setAsking} onOpen={open} />
    </div>
  );
}

/** The chosen part; before anything was chosen the one that holds the proposal of the address. */
function useShownGroup(openedId: string | null): [Group | null, (group: Group) => void] {
  const [show, setShow] = useState<Group | null>(openedId ? null : "waiting");
  const { data, isError } = useProposal(openedId ?? "", show === null);
  useEffect(() => {
    if (show !== null) return;
    if (data) setShow(groupOf(data.status));
    else if (isError || !openedId) setShow("waiting");
  }, [show, data, isError, openedId]);
  return [show, setShow];
}

function KeyHints() {
  return (
    <p
      aria-hidden="true"
      className="hidden shrink-0 items-center gap-1 text-faint text-xs [@media(hover:hover)_and_(min-width:1280px)]:flex"
    >
      <Kbd>j</Kbd>
      <Kbd>k</Kbd> move <Kbd>↵</Kbd> open <Kbd>a</Kbd> approve <Kbd>r</Kbd> reject
    </p>
  );
}
