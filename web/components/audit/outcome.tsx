import type { AuditRow } from "@cloudoptima/tools/audit/list-audit.operation.ts";
import { Ban, Check, CircleX } from "lucide-react";
import { cn } from "../../lib/cn.ts";

const looks = {
  done: { label: "Done", icon: Check, className: "text-muted" },
  refused: { label: "Refused", icon: Ban, className: "text-warn" },
  failed: { label: "Failed", icon: CircleX, className: "text-worse" },
} as const;

/** How it ended, by word and sign; only what did not go through has a colour. */
export function Outcome({ outcome }: Pick<AuditRow, "outcome">) {
  const { label, icon: Icon, className } = looks[outcome];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap align-top", className)}>
      <Icon size={13} className="shrink-0" />
      {label}
    </span>
  );
}
