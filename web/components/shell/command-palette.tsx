"use client";
import { Command } from "cmdk";
import {
  Boxes,
  Building2,
  ChartNoAxesColumn,
  CheckCheck,
  Cloud,
  FileText,
  LayoutDashboard,
  Lightbulb,
  MessageSquare,
  Moon,
  ScrollText,
  ShieldCheck,
  Split,
  SquarePen,
  Sun,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import type { SessionInfo } from "../../lib/api.ts";
import { exampleQuestions } from "../../lib/example-questions.ts";
import { may } from "../../lib/may.ts";
import { useConversations, useDataState } from "../../lib/queries.ts";
import { askNewQuestion } from "../chat/ask-event.ts";
import { Problem } from "../ui/problem.tsx";
import { useChooseOrganization } from "./use-choose-organization.ts";

const openEvent = "cloudoptima:palette";

export function openPalette(): void {
  window.dispatchEvent(new Event(openEvent));
}

const itemClass =
  "flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

/** Ctrl/Cmd-K: every page, conversation and switch, by typing. */
export function CommandPalette({ session }: { session: SessionInfo }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const conversations = useConversations(open);
  const state = useDataState();
  const { run: chooseOrganization, problem, forget } = useChooseOrganization();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a problem belongs to one opening
  useEffect(forget, [open]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
        event.preventDefault();
        setOpen((value) => !value);
      }
    };
    const onOpen = () => setOpen(true);
    window.addEventListener("keydown", onKey);
    window.addEventListener(openEvent, onOpen);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener(openEvent, onOpen);
    };
  }, []);

  const run = (action: () => void) => () => {
    setOpen(false);
    action();
  };
  const dark = resolvedTheme === "dark";

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/20 dark:bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 animate-rise overflow-hidden rounded-xl border bg-surface shadow-(--shadow) outline-none"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command
            label="Search and commands"
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            <Command.Input
              placeholder="Search conversations, or do something…"
              className="h-12 w-full border-b bg-transparent px-4 text-base outline-none focus-visible:outline-none"
            />
            <Command.List className="scroll-calm max-h-[min(380px,60vh)] overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-muted text-sm">
                Nothing found.
              </Command.Empty>
              <Command.Group heading="Go to">
                <Command.Item className={itemClass} onSelect={run(() => router.push("/"))}>
                  <SquarePen /> New question
                </Command.Item>
                <Command.Item className={itemClass} onSelect={run(() => router.push("/dashboard"))}>
                  <LayoutDashboard /> Dashboard
                </Command.Item>
                <Command.Item className={itemClass} onSelect={run(() => router.push("/costs"))}>
                  <ChartNoAxesColumn /> Cost data
                </Command.Item>
                <Command.Item
                  className={itemClass}
                  onSelect={run(() => router.push("/costs?part=allocation"))}
                >
                  <Split /> Cost allocation
                </Command.Item>
                <Command.Item className={itemClass} onSelect={run(() => router.push("/inventory"))}>
                  <Boxes /> Inventory
                </Command.Item>
                <Command.Item className={itemClass} onSelect={run(() => router.push("/recommendations"))}>
                  <Lightbulb /> Recommendations
                </Command.Item>
                <Command.Item className={itemClass} onSelect={run(() => router.push("/assessment"))}>
                  <ShieldCheck /> Assessment
                </Command.Item>
                {may(session, "reports:read") && (
                  <Command.Item className={itemClass} onSelect={run(() => router.push("/reports"))}>
                    <FileText /> Reports
                  </Command.Item>
                )}
                {may(session, "remediation:read") && (
                  <Command.Item className={itemClass} onSelect={run(() => router.push("/approvals"))}>
                    <CheckCheck /> Approvals
                  </Command.Item>
                )}
                {may(session, "resources:read") && (
                  <Command.Item className={itemClass} onSelect={run(() => router.push("/connections"))}>
                    <Cloud /> Connections
                  </Command.Item>
                )}
                {may(session, "audit:read") && (
                  <Command.Item className={itemClass} onSelect={run(() => router.push("/audit"))}>
                    <ScrollText /> Audit log
                  </Command.Item>
                )}
              </Command.Group>
              <Command.Group heading="Ask">
                {exampleQuestions(state.data).map((question) => (
                  <Command.Item
                    key={question}
                    className={itemClass}
                    onSelect={run(() => {
                      router.push("/");
                      askNewQuestion(question);
                    })}
                  >
                    <MessageSquare /> {question}
                  </Command.Item>
                ))}
              </Command.Group>
              {(conversations.data?.length ?? 0) > 0 && (
                <Command.Group heading="Conversations">
                  {conversations.data?.slice(0, 50).map(({ id, title }) => (
                    <Command.Item
                      key={id}
                      value={`${title} ${id}`}
                      className={itemClass}
                      onSelect={run(() => router.push(`/c/${id}`))}
                    >
                      <MessageSquare /> <span className="truncate">{title}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Settings">
                <Command.Item className={itemClass} onSelect={run(() => setTheme(dark ? "light" : "dark"))}>
                  {dark ? <Sun /> : <Moon />} {dark ? "Light theme" : "Dark theme"}
                </Command.Item>
                {session.organizations
                  .filter(({ id }) => id !== session.organization?.id)
                  .map(({ id, name }) => (
                    <Command.Item key={id} className={itemClass} onSelect={() => chooseOrganization(id)}>
                      <Building2 /> Switch to {name}
                    </Command.Item>
                  ))}
              </Command.Group>
            </Command.List>
            <Problem text={problem} className="border-t px-4 py-3" />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
