import { sumDecimalStrings } from "@cloudoptima/tools/kernel/decimal-sum.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { formatAmount, formatShare } from "../../lib/format.ts";
import type { Month } from "../../lib/months.ts";
import { Cell, Head } from "../ui/data-table.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { CostSection } from "./cost-section.tsx";
import type { Allocation } from "./use-allocation.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** Cost by team: their own and what the rules gave them; with what nobody has it is the month's total, to the last digit. */
export function TeamCosts({ allocation, month }: { allocation: Allocation; month: Month }) {
  const { total, teamTag } = allocation;
  return (
    <CostSection
      title="Cost by team"
      text={`Effective cost of ${month.label}. The tag “${teamTag}” says whose a cost is; rules give away the rest.`}
    >
      <div className="space-y-4">
        {total.map(({ currency, value }) => (
          <Teams key={currency} allocation={allocation} currency={currency} total={value} />
        ))}
      </div>
      {total.length === 0 && <p className="text-muted text-sm">There is no cost in this month.</p>}
    </CostSection>
  );
}

function Teams({ allocation, currency, total }: { allocation: Allocation; currency: string; total: string }) {
  const teams = allocation.teams.filter(({ amount }) => amount.currency === currency);
  const others = allocation.otherTeams.find((one) => one.currency === currency);
  const unallocated = allocation.unallocated.find(({ amount }) => amount.currency === currency);
  const sum = sumDecimalStrings([
    ...teams.map(({ amount }) => amount.value),
    ...(others ? [others.value] : []),
    ...(unallocated ? [unallocated.amount.value] : []),
  ]);
  // Compared as exact sums: their difference has no digit but zero.
  const tiesOut = /^-?0*(\.0*)?$/.test(sumDecimalStrings([sum, negated(total)]));
  return (
    <ScrollRegion label={`Cost by team, ${currency}`} className="rounded-lg border bg-surface">
      <table className="w-full border-collapse text-sm tabular-nums">
        <thead>
          <tr>
            <Head>Team</Head>
            <Head right className="max-sm:hidden">{`Own, ${currency}`}</Head>
            <Head right className="max-sm:hidden">{`By rules, ${currency}`}</Head>
            <Head right>{`Together, ${currency}`}</Head>
            <Head right>Share</Head>
          </tr>
        </thead>
        <tbody>
          {teams.map(({ team, direct, allocated, amount, share }) => (
            <tr key={team}>
              <Cell className="min-w-28 [overflow-wrap:anywhere] font-medium">{visibleLine(team)}</Cell>
              <Cell className={wide}>{formatAmount(direct.value)}</Cell>
              <Cell className={wide}>{formatAmount(allocated.value)}</Cell>
              <Cell className="whitespace-nowrap text-right font-medium">{formatAmount(amount.value)}</Cell>
              <Cell className="whitespace-nowrap text-right text-muted">{share && formatShare(share)}</Cell>
            </tr>
          ))}
          {others && (
            <tr>
              <Cell className="text-muted">Other teams</Cell>
              <NoParts />
              <Cell className="whitespace-nowrap text-right">{formatAmount(others.value)}</Cell>
              <Cell />
            </tr>
          )}
          <tr>
            <Cell className="text-muted">
              Unallocated<span className="max-sm:hidden">: no team tag, and no rule takes it</span>
            </Cell>
            <NoParts />
            <Cell className="whitespace-nowrap text-right">
              {formatAmount(unallocated?.amount.value ?? "0")}
            </Cell>
            <Cell className="whitespace-nowrap text-right text-muted">
              {unallocated?.share && formatShare(unallocated.share)}
            </Cell>
          </tr>
          <tr className="font-medium [&>td]:border-b-0">
            <Cell>
              <span className="flex flex-wrap gap-x-3">
                Total{" "}
                <span className="font-normal">
                  <VerdictMark
                    verdict={tiesOut ? "to_the_cent" : "differs"}
                    word={tiesOut ? "adds up to the last digit" : "does not add up"}
                  />
                </span>
              </span>
            </Cell>
            <NoParts />
            <Cell className="whitespace-nowrap text-right">{formatAmount(total)}</Cell>
            <Cell />
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Columns that a phone has no room for. */
const wide = "whitespace-nowrap text-right max-sm:hidden";

/** Of what is no team's, own and given cost do not differ. */
function NoParts() {
  return (
    <>
      <Cell className="max-sm:hidden" />
      <Cell className="max-sm:hidden" />
    </>
  );
}

const negated = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);
