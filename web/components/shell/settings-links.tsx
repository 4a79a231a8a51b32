"use client";
import type { Permission } from "@cloudoptima/tools/kernel/permissions.ts";
import {
  BookOpen,
  ChevronRight,
  Cloud,
  type LucideIcon,
  ScrollText,
  SlidersHorizontal,
  Users,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { useId, useState } from "react";
import type { SessionInfo } from "../../lib/api.ts";
import { cn } from "../../lib/cn.ts";
import { may } from "../../lib/may.ts";
import { NavLink } from "./nav-link.tsx";

const pages: readonly { href: string; label: string; icon: LucideIcon; permission: Permission }[] = [
  { href: "/connections", label: "Connections", icon: Cloud, permission: "connections:manage" },
  { href: "/knowledge", label: "Knowledge", icon: BookOpen, permission: "settings:manage" },
  { href: "/people", label: "People", icon: Users, permission: "people:manage" },
  { href: "/audit", label: "Audit log", icon: ScrollText, permission: "audit:read" },
];

/** Pages that few open and seldom, folded into one entry; a single one stands for itself. */
export function SettingsLinks({ session }: { session: SessionInfo }) {
  const pathname = usePathname();
  const listId = useId();
  const shown = pages.filter(({ permission }) => may(session, permission));
  const inside = shown.some(({ href }) => href === pathname);
  const [open, setOpen] = useState(inside);
  const links = shown.map(({ href, label, icon: Icon }) => (
    <NavLink
      key={href}
      href={href}
      active={pathname === href}
      className={shown.length > 1 ? "pl-8" : undefined}
    >
      <Icon size={16} /> {label}
    </NavLink>
  ));
  if (shown.length < 2) return links;
  return (
    <>
      <button
        type="button"
        aria-expanded={open || inside}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
        className="flex h-8 items-center gap-2.5 rounded-md px-2 text-left text-muted text-sm transition-colors hover:bg-hover hover:text-foreground"
      >
        <SlidersHorizontal size={16} /> <span className="flex-1">Manage</span>
        <ChevronRight size={14} className={cn("transition-transform", (open || inside) && "rotate-90")} />
      </button>
      <div
        id={listId}
        hidden={!(open || inside)}
        className={cn("flex-col gap-0.5", (open || inside) && "flex")}
      >
        {links}
      </div>
    </>
  );
}
