import { cn } from "../../lib/cn.ts";

/** Why what the person just did had no effect, beside where they did it; nothing while there is no problem. */
export function Problem({ text, className }: { text: string | null; className?: string }) {
  if (text === null) return null;
  return (
    <p role="alert" className={cn("text-sm text-worse", className)}>
      {text}
    </p>
  );
}
