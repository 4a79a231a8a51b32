"use client";
import {
  Boxes,
  ChartNoAxesColumn,
  CheckCheck,
  ChevronsUpDown,
  FileText,
  LayoutDashboard,
  Lightbulb,
  LogOut,
  Monitor,
  Moon,
  Search,
  ShieldCheck,
  SquarePen,
  Sun,
  UserRound,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import { api, type SessionInfo } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { may } from "../../lib/may.ts";
import { useAction } from "../../lib/use-action.ts";
import { ApprovalsLinkCount } from "../proposals/approvals-link-count.tsx";
import { Button } from "../ui/button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "../ui/menu.tsx";
import { Problem } from "../ui/problem.tsx";
import { openPalette } from "./command-palette.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { DataStateLine } from "./data-state-line.tsx";
import { Logo } from "./logo.tsx";
import { NavLink } from "./nav-link.tsx";
import { SettingsLinks } from "./settings-links.tsx";
import { useChooseOrganization } from "./use-choose-organization.ts";
import { useLookAs } from "./use-look-as.ts";
import { useModKey } from "./use-mod-key.ts";

/** Pages, conversations, the state of the data and settings; `inSheet` leaves room for the sheet's close button. */
export function Sidebar({ session, inSheet = false }: { session: SessionInfo; inSheet?: boolean }) {
  const pathname = usePathname();
  const mod = useModKey();
  const mayAsk = may(session, "costs:read");
  return (
    <div className="flex h-full flex-col">
      <div className={cn("p-3 pb-2", inSheet && "pr-12")}>
        <OrganizationMenu session={session} />
      </div>
      <nav aria-label="Pages" className="flex flex-col gap-0.5 px-3">
        {mayAsk && (
          <>
            <NavLink href="/" active={pathname === "/"}>
              <SquarePen size={16} /> New question
            </NavLink>
            <NavLink href="/dashboard" active={pathname === "/dashboard"}>
              <LayoutDashboard size={16} /> Dashboard
            </NavLink>
            <NavLink href="/costs" active={pathname === "/costs"}>
              <ChartNoAxesColumn size={16} /> Costs
            </NavLink>
          </>
        )}
        {may(session, "resources:read") && (
          <NavLink href="/inventory" active={pathname === "/inventory"}>
            <Boxes size={16} /> Inventory
          </NavLink>
        )}
        {may(session, "recommendations:read") && (
          <>
            <NavLink href="/recommendations" active={pathname.startsWith("/recommendations")}>
              <Lightbulb size={16} /> Recommendations
            </NavLink>
            <NavLink href="/assessment" active={pathname === "/assessment"}>
              <ShieldCheck size={16} /> Assessment
            </NavLink>
          </>
        )}
        {may(session, "reports:read") && (
          <NavLink href="/reports" active={pathname === "/reports"}>
            <FileText size={16} /> Reports
          </NavLink>
        )}
        {may(session, "remediation:read") && (
          <NavLink href="/approvals" active={pathname.startsWith("/approvals")}>
            <CheckCheck size={16} /> Approvals <ApprovalsLinkCount />
          </NavLink>
        )}
        <SettingsLinks session={session} />
        {mayAsk && (
          <button
            type="button"
            onClick={openPalette}
            className="flex h-8 items-center gap-2.5 rounded-md px-2 text-left text-muted text-sm transition-colors hover:bg-hover hover:text-foreground"
          >
            <Search size={16} /> <span className="flex-1">Search</span>
            <Kbd>{mod}</Kbd>
            <Kbd>K</Kbd>
          </button>
        )}
      </nav>
      {mayAsk ? <ConversationList /> : <div className="flex-1" />}
      <section aria-label="Data and account" className="border-t p-3">
        {mayAsk && <DataStateLine />}
        <PersonMenu session={session} />
      </section>
    </div>
  );
}

function OrganizationMenu({ session }: { session: SessionInfo }) {
  const choose = useChooseOrganization();
  const several = session.organizations.length > 1;
  const label = (
    <>
      <Logo small />
      <span className="min-w-0 flex-1 truncate text-left font-semibold text-sm">
        {session.organization?.name}
      </span>
    </>
  );
  if (!several) return <div className="flex h-8 items-center gap-2.5 px-2">{label}</div>;
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <button
            type="button"
            aria-label={`Organization: ${session.organization?.name}. Change`}
            className="flex h-8 w-full items-center gap-2.5 rounded-md px-2 transition-colors hover:bg-hover"
          >
            {label}
            <ChevronsUpDown size={14} className="text-muted" />
          </button>
        </MenuTrigger>
        <MenuContent align="start" className="w-58">
          <MenuLabel>Demo organizations</MenuLabel>
          <MenuRadioGroup value={session.organization?.id ?? ""} onValueChange={choose.run}>
            {session.organizations.map(({ id, name }) => (
              <MenuRadioItem key={id} value={id}>
                {name}
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
        </MenuContent>
      </Menu>
      <Problem text={choose.problem} className="px-2 pt-1" />
    </>
  );
}

const themes = [
  { value: "system", label: "Like the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

function PersonMenu({ session }: { session: SessionInfo }) {
  const { theme, setTheme } = useTheme();
  const signOut = useAction(async () => {
    await api("/session", { method: "DELETE" });
    window.location.assign("/");
  });
  const lookAs = useLookAs();
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" className="mt-1 h-9 w-full justify-start gap-2.5 px-2 text-foreground">
            <span className="sr-only">Settings of</span>
            <span
              aria-hidden="true"
              className="flex size-5 items-center justify-center rounded-full bg-selected font-medium text-[10px]"
            >
              {session.person?.name.slice(0, 1).toUpperCase()}
            </span>
            <span className="min-w-0 flex-1 truncate text-left font-normal">{session.person?.name}</span>
            <span className="text-faint text-xs capitalize">{session.person?.role}</span>
          </Button>
        </MenuTrigger>
        <MenuContent align="start" side="top" className="w-58">
          <MenuLabel>Theme</MenuLabel>
          <MenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
            {themes.map(({ value, label, icon: Icon }) => (
              <MenuRadioItem key={value} value={value}>
                <span className="flex items-center gap-2">
                  <Icon /> {label}
                </span>
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          <MenuSeparator />
          <DemoPeople session={session} onPick={lookAs.run} />
          <MenuItem asChild>
            <Link href="/account">
              <UserRound /> Account
            </Link>
          </MenuItem>
          <MenuItem onSelect={() => signOut.run()}>
            <LogOut /> Sign out
          </MenuItem>
        </MenuContent>
      </Menu>
      <Problem text={signOut.problem ?? lookAs.problem} className="px-2 pt-1" />
    </>
  );
}

/** The demo has several people, so that the second person's approval can be tried alone. */
function DemoPeople({ session, onPick }: { session: SessionInfo; onPick(id: string): void }) {
  if (session.demoPeople.length === 0) return null;
  return (
    <>
      <MenuLabel>Demo person</MenuLabel>
      <MenuRadioGroup value={session.person?.id ?? ""} onValueChange={onPick}>
        {session.demoPeople.map(({ id, name, role }) => (
          <MenuRadioItem key={id} value={id}>
            {name} <span className="text-faint text-xs">{role}</span>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
    </>
  );
}
