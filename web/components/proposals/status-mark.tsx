import { itemWords, statusWords } from "@cloudoptima/tools/remediation/status-words.ts";
import {
  Ban,
  Check,
  CircleAlert,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Undo2,
} from "lucide-react";
import { cn } from "../../lib/cn.ts";
import type { ItemStatus, Status } from "./proposal-words.ts";

interface Look {
  icon: LucideIcon;
  className: string;
  spins?: boolean;
}

const waiting: Look = { icon: Clock, className: "text-accent" };
const working: Look = { icon: LoaderCircle, className: "text-accent", spins: true };
const good: Look = { icon: Check, className: "text-better" };
const bad: Look = { icon: CircleX, className: "text-worse" };
const unclear: Look = { icon: CircleAlert, className: "text-warn" };

const statusLooks: Readonly<Record<Status, Look>> = {
  proposed: waiting,
  simulated: waiting,
  approved: working,
  executing: working,
  verifying: working,
  completed: good,
  failed: bad,
  needs_attention: unclear,
  rejected: { icon: Ban, className: "text-muted" },
  expired: { icon: Hourglass, className: "text-muted" },
  rolled_back: { icon: Undo2, className: "text-muted" },
};

const itemLooks: Readonly<Record<ItemStatus, Look>> = {
  waiting: { icon: Clock, className: "text-muted" },
  executing: working,
  verifying: working,
  completed: good,
  failed: bad,
  needs_attention: unclear,
};

/** Where a proposal stands, by sign and word; `iconOnly` where the word stands elsewhere or is heard. */
export function StatusMark({ status, iconOnly = false }: { status: Status; iconOnly?: boolean }) {
  return <Mark look={statusLooks[status]} word={statusWords[status]} iconOnly={iconOnly} />;
}

/** Where one resource of a plan stands; in a plan that ended, one that still waits was never touched. */
export function ItemMark({ status, ended }: { status: ItemStatus; ended: boolean }) {
  if (ended && status === "waiting") return <span className="text-muted text-sm">Not touched</span>;
  return <Mark look={itemLooks[status]} word={itemWords[status]} />;
}

function Mark({ look, word, iconOnly = false }: { look: Look; word: string; iconOnly?: boolean }) {
  const { icon: Icon, className, spins } = look;
  return (
    <span
      className={cn("inline-flex h-5 items-center gap-1.5 whitespace-nowrap align-top text-sm", className)}
    >
      <Icon size={14} aria-hidden="true" className={cn("shrink-0", spins && "animate-spin")} />
      <span className={iconOnly ? "sr-only" : undefined}>{word}</span>
    </span>
  );
}
