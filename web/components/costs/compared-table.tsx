import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { formatAmount, formatPercent } from "../../lib/format.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { type Verdict, VerdictMark } from "./verdict-mark.tsx";

interface ComparedRow {
  label: string;
  currency: string;
  stored: { value: string };
  provider: { value: string };
  difference: { value: string };
  differencePercent: string | null;
  verdict: Verdict;
}

/** Two sides line by line: each amount, the difference with its sign, and whether that counts. */
export function ComparedTable({
  caption,
  of,
  other,
  rows,
}: {
  caption: string;
  /** What a line is. */
  of: string;
  /** Whose the second amount is. */
  other: string;
  rows: readonly ComparedRow[];
}) {
  const [single, ...more] = [...new Set(rows.map(({ currency }) => currency))];
  const unit = single && more.length === 0 ? `, ${single}` : "";
  return (
    <ScrollRegion label={caption} className="max-h-96">
      <table className="w-full border-collapse text-sm tabular-nums max-sm:[&_td]:px-2 max-sm:[&_th]:px-2">
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Head>{of}</Head>
            {more.length > 0 && <Head>Currency</Head>}
            <Head right>{`Stored${unit}`}</Head>
            <Head right className="max-sm:hidden">{`${other}${unit}`}</Head>
            <Head right>{`Difference${unit}`}</Head>
            <Head>Verdict</Head>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {rows.map((row) => (
            <tr key={`${row.label} ${row.currency}`}>
              <Cell className="min-w-20">{visibleLine(row.label)}</Cell>
              {more.length > 0 && <Cell>{row.currency}</Cell>}
              <Cell className="whitespace-nowrap text-right">{formatAmount(row.stored.value)}</Cell>
              <Cell className="whitespace-nowrap text-right max-sm:hidden">
                {formatAmount(row.provider.value)}
              </Cell>
              <Cell className="whitespace-nowrap text-right">
                {formatAmount(row.difference.value, true)}
                {row.verdict === "differs" && row.differencePercent !== null && (
                  <span className="text-muted"> ({formatPercent(row.differencePercent)})</span>
                )}
              </Cell>
              <Cell>
                <VerdictMark verdict={row.verdict} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
