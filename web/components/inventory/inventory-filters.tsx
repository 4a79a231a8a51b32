"use client";
import { cn } from "../../lib/cn.ts";
import { useTyped } from "../../lib/use-typed.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice, FilterOptions, FilterText } from "../ui/filter-field.tsx";
import { type InventoryAddress, noFilters } from "./inventory-address.ts";
import type { InventoryCounts } from "./use-inventory.ts";

/** The value that stands for "none of this tag"; no tag has one with a line break. */
const none = "\n";

/** What to look at; each choice counts at once. */
export function InventoryFilters({
  address,
  counts,
  narrowed,
  onChange,
}: {
  address: InventoryAddress;
  counts: InventoryCounts | undefined;
  narrowed: boolean;
  onChange(part: Partial<InventoryAddress>): void;
}) {
  const [text, setText] = useTyped(address.text, (typed) => onChange({ text: typed }));
  const { type, subscription, region, status, tag, tagValue, untagged } = address;
  return (
    <search className="@container">
      <div className="grid grid-cols-2 gap-2 @lg:grid-cols-3 @4xl:grid-cols-[repeat(auto-fit,minmax(110px,1fr))]">
        <div className="col-span-2 @lg:col-span-1">
          <FilterText
            label="Search"
            type="search"
            placeholder="Name or full id"
            value={text}
            onType={setText}
          />
        </div>
        <FilterChoice label="Type" value={type} onPick={(picked) => onChange({ type: picked })}>
          <option value="">All</option>
          <FilterOptions choices={counts?.types} picked={type} />
        </FilterChoice>
        <FilterChoice
          label="Subscription"
          value={subscription}
          onPick={(picked) => onChange({ subscription: picked })}
        >
          <option value="">All</option>
          <FilterOptions choices={counts?.subscriptions} picked={subscription} />
        </FilterChoice>
        <FilterChoice label="Region" value={region} onPick={(picked) => onChange({ region: picked })}>
          <option value="">All</option>
          <FilterOptions choices={counts?.regions} picked={region} />
        </FilterChoice>
        <FilterChoice label="State" value={status} onPick={(picked) => onChange({ status: picked })}>
          <option value="">Any</option>
          <FilterOptions choices={counts?.statuses} picked={status} />
        </FilterChoice>
        <FilterChoice
          label="Tag"
          value={tag}
          onPick={(picked) => onChange({ tag: picked, tagValue: "", untagged: false })}
        >
          <option value="">Any</option>
          <FilterOptions choices={counts?.tagKeys} picked={tag} />
        </FilterChoice>
        {tag && (
          <FilterChoice
            label={`Value of ${tag}`}
            value={untagged ? none : tagValue}
            onPick={(picked) =>
              onChange(
                picked === none ? { tagValue: "", untagged: true } : { tagValue: picked, untagged: false },
              )
            }
          >
            <option value="">Any value</option>
            <option value={none}>Without this tag ({counts?.untaggedCount ?? "…"})</option>
            <FilterOptions choices={counts?.tagValues} picked={tagValue} />
          </FilterChoice>
        )}
        <Button
          variant="ghost"
          className={cn("self-end justify-self-start", !narrowed && "@max-4xl:hidden @4xl:invisible")}
          onClick={() => onChange(noFilters)}
        >
          Clear
        </Button>
      </div>
    </search>
  );
}
