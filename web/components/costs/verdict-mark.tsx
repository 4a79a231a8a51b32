import { Check, CircleHelp, Equal, TriangleAlert } from "lucide-react";

const verdicts = {
  to_the_cent: { word: "ties out", icon: Check, color: "text-better" },
  within_1_percent: { word: "within 1 %", icon: Equal, color: "text-warn" },
  differs: { word: "differs", icon: TriangleAlert, color: "text-worse" },
  unknown: { word: "not compared", icon: CircleHelp, color: "text-muted" },
} as const;
export type Verdict = keyof typeof verdicts;

/** Whether two totals agree, by word and sign; the colour only repeats it. */
export function VerdictMark({ verdict, word }: { verdict: Verdict; word?: string }) {
  const { icon: Icon, color, word: own } = verdicts[verdict];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${color}`}>
      <Icon size={13} aria-hidden /> {word ?? own}
    </span>
  );
}
