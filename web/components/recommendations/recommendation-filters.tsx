"use client";
import { cn } from "../../lib/cn.ts";
import { useTyped } from "../../lib/use-typed.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice, FilterOptions, FilterText } from "../ui/filter-field.tsx";
import type { PageAddress, Sort } from "./page-address.ts";
import { effortWords, riskWords, sortWords } from "./recommendation-words.ts";
import type { RecommendationPage } from "./use-recommendations.ts";

const clear = { type: "", risk: "", effort: "", subscription: "", text: "" } as const;

/** What to look at; each choice counts at once. */
export function RecommendationFilters({
  address,
  page,
  narrowed,
  onChange,
}: {
  address: PageAddress;
  page: RecommendationPage | undefined;
  narrowed: boolean;
  onChange(part: Partial<PageAddress>): void;
}) {
  const [text, setText] = useTyped(address.text, (typed) => onChange({ text: typed }));
  return (
    <search className="@container">
      <div className="grid grid-cols-2 gap-2 @lg:grid-cols-3 @4xl:grid-cols-[1.2fr_1.2fr_0.7fr_0.7fr_1.1fr_minmax(148px,1fr)_auto]">
        <div className="col-span-2 @lg:col-span-1">
          <FilterText
            label="Search"
            type="search"
            placeholder="Title, resource or group"
            value={text}
            onType={setText}
          />
        </div>
        <FilterChoice label="Type" value={address.type} onPick={(type) => onChange({ type })}>
          <option value="">All</option>
          <FilterOptions
            choices={page?.types}
            picked={address.type}
            pickedLabel={address.type.replaceAll("_", " ")}
          />
        </FilterChoice>
        <FilterChoice
          label="Risk"
          value={address.risk}
          onPick={(risk) => onChange({ risk: risk as PageAddress["risk"] })}
        >
          <option value="">Any</option>
          <Words words={riskWords} />
        </FilterChoice>
        <FilterChoice
          label="Effort"
          value={address.effort}
          onPick={(effort) => onChange({ effort: effort as PageAddress["effort"] })}
        >
          <option value="">Any</option>
          <Words words={effortWords} />
        </FilterChoice>
        <FilterChoice
          label="Subscription"
          value={address.subscription}
          onPick={(subscription) => onChange({ subscription })}
        >
          <option value="">All</option>
          <FilterOptions choices={page?.subscriptions} picked={address.subscription} />
        </FilterChoice>
        <FilterChoice
          label="Sort by"
          value={address.sort}
          onPick={(sort) => onChange({ sort: sort as Sort })}
        >
          <Words words={sortWords} />
        </FilterChoice>
        <Button
          variant="ghost"
          className={cn("self-end justify-self-start", !narrowed && "@max-4xl:hidden @4xl:invisible")}
          onClick={() => onChange(clear)}
        >
          Clear
        </Button>
      </div>
    </search>
  );
}

function Words({ words }: { words: Readonly<Record<string, string>> }) {
  return Object.entries(words).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
