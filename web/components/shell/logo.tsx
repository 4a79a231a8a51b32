import { cn } from "../../lib/cn.ts";

export function Logo({ className, small = false }: { className?: string; small?: boolean }) {
  const size = small ? 20 : 28;
  return (
    <svg
      className={cn("shrink-0", className)}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <rect width="32" height="32" rx="8" fill="var(--primary)" />
      <path
        d="M8 21.5v-5M13.3 21.5v-9M18.7 21.5v-6.5M24 21.5v-12"
        stroke="var(--primary-foreground)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
