import { ShieldAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import { cn } from "../../lib/cn.ts";
import type { Proposal } from "./proposal-words.ts";

const looks = {
  low: { icon: ShieldCheck, word: "Low", className: "" },
  medium: { icon: ShieldAlert, word: "Medium", className: "text-warn" },
  high: { icon: TriangleAlert, word: "High", className: "text-worse" },
} as const;

/** A plan's risk, by sign and word. */
export function RiskMark({ risk }: Pick<Proposal, "risk">) {
  const { icon: Icon, word, className } = looks[risk];
  return (
    <span className={cn("inline-flex h-5 items-center gap-1.5 whitespace-nowrap align-top", className)}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      {word}
    </span>
  );
}
