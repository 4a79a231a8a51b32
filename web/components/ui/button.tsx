import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../../lib/cn.ts";

const variants = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium text-sm transition-colors disabled:pointer-events-none disabled:opacity-45 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground hover:opacity-90",
        outline: "border bg-surface hover:bg-hover hover:border-border-strong",
        ghost: "text-muted hover:bg-hover hover:text-foreground",
      },
      size: {
        small: "h-7 px-2 text-xs gap-1.5",
        medium: "h-8 px-3",
        large: "h-10 px-4 text-base",
        icon: "size-8",
        "icon-small": "size-7",
      },
    },
    defaultVariants: { variant: "outline", size: "medium" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof variants> & { asChild?: boolean };

export function Button({
  className,
  variant,
  size,
  asChild = false,
  type = "button",
  ...props
}: ButtonProps) {
  const classes = cn(variants({ variant, size }), className);
  return asChild ? (
    <Slot.Root className={classes} {...props} />
  ) : (
    <button type={type} className={classes} {...props} />
  );
}
