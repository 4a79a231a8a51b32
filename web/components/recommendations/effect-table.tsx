import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { formatMoney, formatShare } from "../../lib/format.ts";
import { componentWords } from "./recommendation-words.ts";
import type { OpenedRecommendation } from "./use-recommendations.ts";

/** What it does to each part of the cost: the figures that its saving, and every plan with it, is made of. */
export function EffectTable({
  effects,
  currency,
}: Pick<OpenedRecommendation, "effects"> & { currency: string | null }) {
  if (effects.length === 0 || currency === null) return null;
  const several = new Set(effects.map(({ resourceId }) => resourceId)).size > 1;
  return (
    <div className="mt-2 rounded-lg border">
      <table className="w-full border-collapse text-sm tabular-nums">
        <thead>
          <tr className="border-b text-left text-muted text-xs">
            <th scope="col" className="px-3 py-1.5 font-medium">
              Part of the cost
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Today, a month
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Then
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {effects.map(({ resourceId, component, monthlyCost, change }) => (
            <tr key={`${resourceId} ${component}`} className="align-baseline">
              <td className="[overflow-wrap:anywhere] border-b px-3 py-1.5">
                {componentWords[component]}
                {several && (
                  <span className="block text-faint text-xs">
                    {visibleLine(resourceId.split("/").at(-1) ?? resourceId)}
                  </span>
                )}
              </td>
              <td className="border-b px-3 py-1.5 text-right">{formatMoney(monthlyCost, currency)}</td>
              <td className="border-b px-3 py-1.5 text-right">
                {change.kind === "amount"
                  ? `${formatMoney(change.monthlySavings, currency)} less`
                  : Number(change.remaining) === 0
                    ? "nothing"
                    : `${formatShare(change.remaining)} of it`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="border-t px-3 py-1.5 text-faint text-xs">What is saved is rounded down to a cent.</p>
    </div>
  );
}
