import type { View } from "../../kernel/view.ts";
import { dimensionName } from "../cost-labels.ts";
import { viewNote } from "../cost-views.ts";
import { periodInWords } from "../coverage.ts";
import type { AllocatedCost } from "./allocation-shapes.ts";

/** Per currency: cost by team with what is unallocated, and where untagged cost is. */
export function allocationViews(output: AllocatedCost): View[] {
  return output.total.flatMap(({ currency }): View[] => {
    const own = <Row extends { amount: { currency: string } }>(rows: readonly Row[]) =>
      rows.filter(({ amount }) => amount.currency === currency);
    const rest = output.otherTeams.find((other) => other.currency === currency);
    return [
      {
        type: "bar",
        title: `Allocated cost by team, ${periodInWords(output.period)}`,
        currency,
        rows: [
          ...own(output.teams).map(({ team, amount, share }) => ({
            key: team,
            label: team,
            amount: amount.value,
            share,
          })),
          ...(rest ? [{ key: "other", label: "other teams", amount: rest.value, share: null }] : []),
          ...own(output.unallocated).map(({ amount, share }) => ({
            key: "",
            label: "unallocated",
            amount: amount.value,
            share,
          })),
        ],
        note: `${viewNote(output.costKind, output.coverage)}; split by ${output.rounding}`,
      },
      {
        type: "table",
        title: `Cost without the tag ${output.tagCoverage.tagKey} by ${dimensionName(output.tagCoverage.groupBy, null)}`,
        currency,
        columns: [
          { key: "label", label: dimensionName(output.tagCoverage.groupBy, null), format: "text" },
          { key: "amount", label: "cost", format: "money" },
          { key: "untagged", label: "untagged", format: "money" },
          { key: "unallocated", label: "unallocated", format: "money" },
        ],
        rows: own(output.tagCoverage.groups).map((group) => ({
          label: group.label,
          amount: group.amount.value,
          untagged: group.untagged.value,
          unallocated: group.unallocated.value,
        })),
      },
    ];
  });
}
