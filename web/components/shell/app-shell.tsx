"use client";
import { Menu as MenuIcon, SquarePen } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useUpdates } from "../../lib/use-updates.ts";
import { ProofProvider } from "../chat/proof-context.tsx";
import { ProofPanel } from "../chat/proof-panel.tsx";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { Notice } from "./notice.tsx";
import { Sidebar } from "./sidebar.tsx";
import { SignIn } from "./sign-in.tsx";

/** Pages that ask nothing about cost. */
const pagesForAll = new Set(["/audit", "/account"]);

/** The frame of every signed-in page: navigation left, the page, the proof right when it is open. */
export function AppShell({ children }: { children: ReactNode }) {
  const session = useSession();
  const pathname = usePathname();
  const [menuOpen, setMenuOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes the menu whenever the address changes
  useEffect(() => setMenuOpen(false), [pathname]);
  // An auditor has the audit log alone: any other page would only show refusals.
  const router = useRouter();
  const mayAsk = may(session.data, "costs:read");
  useUpdates(may(session.data, "remediation:read"));
  const astray = Boolean(session.data?.person) && !mayAsk && !pagesForAll.has(pathname);
  useEffect(() => {
    if (astray) router.replace("/audit");
  }, [astray, router]);

  if (session.isPending || astray) return <ShellSkeleton />;
  if (session.isError) {
    return (
      <Notice title={session.error.message} text="Check that CloudOptima is still running, then try again.">
        <Button variant="primary" onClick={() => session.refetch()}>
          Try again
        </Button>
      </Notice>
    );
  }
  if (!session.data.person) return <SignIn session={session.data} />;

  return (
    <ProofProvider>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-primary px-3 py-1.5 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh overflow-hidden">
        <div className="hidden w-64 shrink-0 border-r bg-sidebar md:block">
          <Sidebar session={session.data} />
        </div>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-12 shrink-0 items-center justify-between border-b px-2 md:hidden">
            <Button
              variant="ghost"
              size="icon"
              aria-label="Open navigation"
              onClick={() => setMenuOpen(true)}
            >
              <MenuIcon size={18} />
            </Button>
            <span className="font-medium text-sm">{session.data.organization?.name}</span>
            {mayAsk ? (
              <Button asChild variant="ghost" size="icon">
                <Link href="/" aria-label="New question">
                  <SquarePen size={17} />
                </Link>
              </Button>
            ) : (
              <span className="size-8" />
            )}
          </header>
          {children}
        </div>
        <ProofPanel />
      </div>
      <Sheet open={menuOpen} onOpenChange={setMenuOpen} side="left" title="Navigation" className="bg-sidebar">
        <Sidebar session={session.data} inSheet />
      </Sheet>
      {mayAsk && <CommandPalette session={session.data} />}
    </ProofProvider>
  );
}

function ShellSkeleton() {
  return (
    <div className="flex h-dvh" aria-busy="true">
      <span className="sr-only" role="status">
        Loading
      </span>
      <div className="hidden w-64 shrink-0 border-r bg-sidebar p-3 md:block">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="mt-4 h-8 w-full" />
      </div>
      <div className="flex-1" />
    </div>
  );
}
