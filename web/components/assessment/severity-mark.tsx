import type { Severity } from "@cloudoptima/tools/assessment/pillars.ts";
import { cn } from "../../lib/cn.ts";

const looks: Record<Severity, { dots: string; color: string }> = {
  high: { dots: "●●●", color: "text-worse" },
  medium: { dots: "●●○", color: "text-warn" },
  low: { dots: "●○○", color: "text-faint" },
};

/** How much a check counts: a word and dots, never a color alone. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { dots, color } = looks[severity];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap capitalize", color)}>
      <span aria-hidden className="text-[8px] tracking-[1px]">
        {dots}
      </span>
      {severity}
    </span>
  );
}
