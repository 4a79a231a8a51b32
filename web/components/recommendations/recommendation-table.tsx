"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { formatDay } from "../../lib/format.ts";
import { RiskMark } from "../proposals/risk-mark.tsx";
import { Cell, Head } from "../ui/data-table.tsx";
import { OpeningList } from "../ui/opening-list.tsx";
import { type PageAddress, type Sort, writeAddress } from "./page-address.ts";
import { confidenceText, effortWords, shortEffort } from "./recommendation-words.ts";
import type { RecommendationRow } from "./use-recommendations.ts";

export function RecommendationTable({
  rows,
  address,
  stale,
  onSort,
  onOpen,
}: {
  rows: readonly RecommendationRow[];
  address: PageAddress;
  stale: boolean;
  onSort(sort: Sort): void;
  onOpen(id: string): void;
}) {
  const sortBy = (own: Sort, order: "ascending" | "descending") => ({
    sorted: address.sort === own && order,
    onSort: () => onSort(own),
  });
  return (
    <OpeningList
      label="Recommendations"
      caption="Recommendations; savings are each alone and do not add up"
      rows={rows}
      current={address.id}
      stale={stale}
      onOpen={onOpen}
      linkOf={({ id }) => ({ href: writeAddress({ ...address, id }), "data-recommendation": id })}
      nameOf={({ title }) => title}
      heads={
        <>
          <Head {...sortBy("title", "ascending")}>Recommendation</Head>
          <Head>Subscription</Head>
          <Head {...sortBy("risk", "ascending")}>Risk</Head>
          <Head {...sortBy("effort", "ascending")}>Effort</Head>
          <Head {...sortBy("confidence", "descending")} right>
            Confidence
          </Head>
          <Head {...sortBy("newest", "descending")} right className="hidden @5xl:table-cell">
            Found
          </Head>
        </>
      }
      cells={(row) => (
        <>
          <Cell className="text-muted @5xl:whitespace-nowrap">
            {row.subscriptionName && visibleLine(row.subscriptionName)}
          </Cell>
          <Cell>
            <RiskMark risk={row.risk} />
          </Cell>
          <Cell>{effortWords[row.effort]}</Cell>
          <Cell className="text-right">{confidenceText(row.confidenceRatio)}</Cell>
          <Cell className="hidden whitespace-nowrap text-right text-muted @5xl:table-cell">
            {formatDay(row.since)}
          </Cell>
        </>
      )}
      money={{
        title: "Saves a month",
        sorted: address.sort === "savings",
        none: "not known",
        onSort: () => onSort("savings"),
        of: ({ monthlySavings }) => (monthlySavings ? [monthlySavings] : []),
      }}
      facts={(row) => (
        <>
          <span>
            <span className="sr-only">risk </span>
            <RiskMark risk={row.risk} />
          </span>
          <span>{shortEffort[row.effort]}</span>
        </>
      )}
    />
  );
}
