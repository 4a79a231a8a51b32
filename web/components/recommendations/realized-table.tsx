"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import Link from "next/link";
import { cn } from "../../lib/cn.ts";
import { formatDay, formatMoney, formatPercent } from "../../lib/format.ts";
import { RecommendationLink } from "./recommendation-link.tsx";
import type { Realized } from "./use-recommendations.ts";

type Row = Realized["rows"][number];

/** Each change: what, when, what was expected a month, what was measured and over which days. */
export function RealizedTable({
  rows,
  current,
  onOpen,
}: {
  rows: readonly Row[];
  current: string | null;
  onOpen(id: string): void;
}) {
  return (
    <div className="@container mt-3 rounded-lg border bg-surface">
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="sr-only">Changes and what each saved, what saves most first</caption>
        <thead>
          <tr className="border-b text-left text-muted text-xs [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-medium">
            <th scope="col">Done</th>
            <th scope="col" className="hidden @3xl:table-cell">
              Compared
            </th>
            <th scope="col" className="hidden text-right! @xl:table-cell">
              Expected a month
            </th>
            <th scope="col" className="text-right!">
              Measured a month
            </th>
            <th scope="col" className="hidden text-right! @xl:table-cell">
              Saved
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {rows.map((row) => (
            <tr
              key={`${row.resource.id} ${row.doneOn} ${row.what}`}
              className={cn(
                "align-baseline hover:bg-hover [&>td]:border-b [&>td]:px-3 [&>td]:py-1.5",
                row.recommendationId !== null && row.recommendationId === current && "bg-selected",
              )}
            >
              <td>
                <What row={row} current={current} onOpen={onOpen} />
                <span className="block text-muted text-xs @3xl:hidden">
                  <Compared row={row} />
                </span>
              </td>
              <td className="hidden text-muted text-xs @3xl:table-cell">
                <Compared row={row} />
              </td>
              <td className="hidden whitespace-nowrap text-right text-muted @xl:table-cell">
                {money(row.estimatedMonthlySavings)}
              </td>
              <td className="whitespace-nowrap text-right font-medium">
                {row.measuredMonthlySavings ? money(row.measuredMonthlySavings) : "not known yet"}
                {row.keptPercent && (
                  <span className="block font-normal text-muted text-xs">
                    {formatPercent(row.keptPercent)} of expected
                  </span>
                )}
                <span className="block font-normal text-muted text-xs @xl:hidden">
                  {money(row.estimatedMonthlySavings)} expected
                </span>
              </td>
              <td className="hidden whitespace-nowrap text-right @xl:table-cell">{money(row.savedSoFar)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ row, current, onOpen }: { row: Row; current: string | null; onOpen(id: string): void }) {
  const title = visibleLine(
    row.what.includes(row.resource.name) ? row.what : `${row.what}: ${row.resource.name}`,
  );
  const { recommendationId: id, proposalId } = row;
  return (
    <>
      {id ? (
        <RecommendationLink
          id={id}
          current={id === current}
          onOpen={onOpen}
          className="[overflow-wrap:anywhere]"
        >
          {title}
        </RecommendationLink>
      ) : (
        <span className="[overflow-wrap:anywhere] font-medium">{title}</span>
      )}
      <span className="block text-muted text-xs">
        {formatDay(row.doneOn)}
        {" · "}
        {proposalId ? (
          <Link href={`/approvals/${proposalId}`} className="text-accent underline underline-offset-2">
            by an approved plan
          </Link>
        ) : (
          "done elsewhere"
        )}
        {row.undoneOn && ` · undone on ${formatDay(row.undoneOn)}`}
      </span>
    </>
  );
}

/** The days on both sides and what one of them cost, or why nothing can be told. */
function Compared({ row: { before, after, unknownBecause } }: { row: Row }) {
  if (!before || !after) return unknownBecause;
  return (
    <>
      {`${money(before.meanDailyCost)} a day before (${before.days} days)`}
      <br />
      {`${money(after.meanDailyCost)} a day after (${after.days} days)`}
    </>
  );
}

const money = (amount: Row["savedSoFar"]) => (amount ? formatMoney(amount.value, amount.currency) : "–");
