"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { Check, Copy } from "lucide-react";
import { Fragment, useState } from "react";
import { Button } from "../ui/button.tsx";

/** A full id in small type, which one press copies exactly as it is stored. */
export function CopyId({ id, name }: { id: string; name: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await navigator.clipboard.writeText(id).then(
      () => true,
      () => false, // it can still be marked and copied by hand
    );
    if (!done) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span className="flex min-w-0 items-start justify-between gap-2">
      <code className="font-mono [overflow-wrap:anywhere] text-[11px] text-faint leading-4">
        {visibleLine(id)
          .split(/(?<=\/)/)
          .map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an id never move
            <Fragment key={index}>
              {index > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
      </code>
      <Button
        variant="ghost"
        className="-mt-1 -mr-1.5 size-6 text-faint"
        aria-label={copied ? "Copied" : `Copy the id of ${name}`}
        onClick={copy}
      >
        {copied ? <Check size={12} /> : <Copy size={12} />}
      </Button>
    </span>
  );
}
