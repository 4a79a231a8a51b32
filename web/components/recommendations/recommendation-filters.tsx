"use client";
import { useEffect, useRef, useState } from "react";
import { cn } from "../../lib/cn.ts";
import { Button } from "../ui/button.tsx";
import { FilterChoice, FilterText } from "../ui/filter-field.tsx";
import type { PageAddress, Sort } from "./page-address.ts";
import { effortWords, riskWords, sortWords } from "./recommendation-words.ts";
import type { RecommendationPage } from "./use-recommendations.ts";

const clear = { type: "", risk: "", effort: "", subscription: "", text: "" } as const;
const typingMs = 250;

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
      <div className="grid grid-cols-2 gap-2 @lg:grid-cols-3 @4xl:grid-cols-[1.4fr_1.3fr_0.7fr_0.7fr_1.2fr_1fr_auto]">
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
          <Options choices={page?.types} picked={address.type} />
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
          <Options choices={page?.subscriptions} picked={address.subscription} />
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

/** What there is to choose; what is chosen stays in it also where nothing is left of it. */
function Options({ choices, picked }: { choices: RecommendationPage["types"] | undefined; picked: string }) {
  const known = choices?.some(({ id }) => id === picked);
  return (
    <>
      {choices?.map(({ id, label, count }) => (
        <option key={id} value={id}>
          {label} ({count})
        </option>
      ))}
      {picked !== "" && !known && <option value={picked}>{picked.replaceAll("_", " ")}</option>}
    </>
  );
}

/** Typing stays quick: the address, and with it the list, follows a moment after the last key. */
function useTyped(value: string, onTyped: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Its own echo must not undo what was typed since; anything else (Back, a link, "Clear") is newer than it.
    if (value === sent.current) return;
    sent.current = value;
    clearTimeout(timer.current);
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      onTyped(next);
    }, typingMs);
  };
  return [typed, type];
}
