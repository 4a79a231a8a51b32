import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "../../lib/cn.ts";

/** How a text box and a choice look, alike. */
const controlClass =
  "h-9 w-full rounded-md border bg-surface px-2.5 text-sm transition-colors hover:border-border-strong disabled:opacity-60";

/** A labelled text box; `hint` says under it what is asked for. */
export function TextField({
  label,
  hint,
  className,
  ...props
}: ComponentProps<"input"> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <div className={cn("min-w-0", className)}>
      <label htmlFor={id} className="block pb-1 text-muted text-xs">
        {label}
      </label>
      <input
        id={id}
        className={controlClass}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        {...props}
      />
      {hint && (
        <p id={`${id}-hint`} className="pt-1 text-faint text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A labelled box for text of several lines. */
export function TextAreaField({
  label,
  className,
  ...props
}: ComponentProps<"textarea"> & { label: string }) {
  const id = useId();
  return (
    <div className={cn("min-w-0", className)}>
      <label htmlFor={id} className="block pb-1 text-muted text-xs">
        {label}
      </label>
      <textarea id={id} className={cn(controlClass, "h-auto py-2")} {...props} />
    </div>
  );
}

/** A labelled choice between a few values. */
export function ChoiceField<Value extends string>({
  label,
  options,
  value,
  onPick,
  className,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onPick(value: Value): void;
  className?: string;
}) {
  const id = useId();
  return (
    <div className={cn("min-w-0", className)}>
      <label htmlFor={id} className="block pb-1 text-muted text-xs">
        {label}
      </label>
      <select
        id={id}
        className={controlClass}
        value={value}
        onChange={(event) => onPick(event.currentTarget.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A box to tick, with its sentence. */
export function CheckField({
  name,
  checked,
  children,
}: {
  name: string;
  checked: boolean;
  children: ReactNode;
}) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="checkbox"
        name={name}
        defaultChecked={checked}
        className="mt-[3px] size-3.5 accent-accent"
      />
      <span>{children}</span>
    </label>
  );
}

/** What a form's fields hold, by their names. */
export function readForm<Name extends string>(
  form: HTMLFormElement,
  names: readonly Name[],
): Record<Name, string> {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<
    Name,
    string
  >;
}
