"use client";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { useState } from "react";
import { formatMoney } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";

const itemsAtFirst = 8;

/** Things with a line of detail and, where it has one, an amount: recommendations, resources. */
export function ListView({ view }: { view: Extract<View, { type: "list" }> }) {
  const [all, setAll] = useState(false);
  const shown = all ? view.items : view.items.slice(0, itemsAtFirst);
  return (
    <div>
      <ul className="-my-1">
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own and never move
          <li key={index} className="flex items-start gap-4 border-b py-2.5 last:border-b-0">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium text-sm">
                <span className="break-all">{item.title}</span>
                {item.badge && (
                  <span className="rounded-sm bg-hover px-1.5 text-[11px] text-muted leading-[18px]">
                    {item.badge}
                  </span>
                )}
              </p>
              {item.detail && <p className="break-words text-muted text-sm">{item.detail}</p>}
            </div>
            {item.amount && item.currency && (
              <p className="whitespace-nowrap pt-px text-right font-medium text-sm tabular-nums">
                {formatMoney(item.amount, item.currency)}
              </p>
            )}
          </li>
        ))}
      </ul>
      {view.items.length > shown.length && (
        <Button variant="ghost" size="small" className="mt-2 -ml-2" onClick={() => setAll(true)}>
          Show all {view.items.length}
        </Button>
      )}
      {view.items.length === 0 && <p className="py-4 text-muted text-sm">Nothing here.</p>}
    </div>
  );
}
