"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";

/** Something that is shown this once: a key, a link. */
export function OnceSecret({ label, value, onDone }: { label: string; value: string; onDone(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false), // it can still be marked and copied by hand
    );
  };
  return (
    <div role="status" className="rounded-lg border bg-accent-soft p-3">
      <p className="text-sm">{label}</p>
      <code className="mt-2 block select-all break-all rounded-md border bg-surface px-2.5 py-2 font-mono text-xs">
        {value}
      </code>
      <div className="mt-2 flex gap-2">
        <Button size="small" onClick={copy}>
          {copied ? <Check size={13} /> : <Copy size={13} />} {copied ? "Copied" : "Copy"}
        </Button>
        <Button size="small" variant="ghost" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
