"use client";
import { cn } from "../../lib/cn.ts";
import { lastWholeMonth, type Month, monthsWithData } from "../../lib/months.ts";
import { useDataState } from "../../lib/queries.ts";
import { useAddress } from "../../lib/use-address.ts";
import { FilterChoice } from "../ui/filter-field.tsx";
import { PlaceLink } from "../ui/place-link.tsx";
import { AllocationPart } from "./allocation-part.tsx";
import { type CostPart, type CostsAddress, costParts, readAddress, writeAddress } from "./costs-address.ts";
import { DataPart } from "./data-part.tsx";

const partWords: Readonly<Record<CostPart, string>> = { data: "Cost data", allocation: "Allocation" };
const form = { read: readAddress, write: writeAddress };
const mostMonths = 13;

/** Props of each part of the page. */
export interface CostsPartProps {
  address: CostsAddress;
  /** Null: there are no costs at all. */
  month: Month | null;
  onChange(part: Partial<CostsAddress>): void;
}

/** What cost data there is and whether it ties out; and whose the cost is. */
export function CostsPage() {
  const { address, change, go } = useAddress(form);
  const { dataFrom, dataUntil } = useDataState().data?.freshness ?? {};
  const months = dataFrom && dataUntil ? monthsWithData(dataFrom, dataUntil, mostMonths) : [];
  const month =
    months.find(({ start }) => start === address.month) ??
    (dataUntil && lastWholeMonth(months, dataUntil)) ??
    null;
  const props = { address, month: month || null, onChange: change };
  return (
    <main id="main" className="scroll-calm min-h-0 min-w-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-[1120px] px-4 py-8 sm:px-6">
        <header className="flex min-h-12 items-end justify-between gap-4">
          <h1 className="self-start font-semibold text-xl tracking-[-0.015em]">Costs</h1>
          {month && (
            <div className="w-32">
              <FilterChoice label="Month" value={month.start} onPick={(picked) => change({ month: picked })}>
                {months.map(({ start, label }) => (
                  <option key={start} value={start}>
                    {label}
                  </option>
                ))}
              </FilterChoice>
            </div>
          )}
        </header>
        <nav aria-label="Parts of the page" className="mt-2 flex gap-5 border-b">
          {costParts.map((part) => (
            <PlaceLink
              key={part}
              href={writeAddress({ ...address, part })}
              onGo={() => go({ part })}
              aria-current={address.part === part ? "page" : undefined}
              className={cn(
                "-mb-px flex h-9 shrink-0 items-center border-transparent border-b-2 text-sm -outline-offset-2 transition-colors",
                address.part === part ? "border-foreground font-medium" : "text-muted hover:text-foreground",
              )}
            >
              {partWords[part]}
            </PlaceLink>
          ))}
        </nav>
        {address.part === "data" ? <DataPart {...props} /> : <AllocationPart {...props} />}
      </div>
    </main>
  );
}
