import type { Truth } from "../../clouds/sandbox/truth-schema.ts";
import type { ScannedTenant } from "../../discovery/testing/scanned-tenant.ts";
import type { RecommendationList } from "../list-recommendations.tool.ts";
import { allRules, fleetRules } from "../rules/all-rules.ts";

type Waste = Truth["waste"][number];

const judged = new Set<string>([...allRules, ...fleetRules].map(({ type }) => type));

/** The planted waste that there is a rule for. */
export const plantedWaste = ({ waste }: Truth): Waste[] => waste.filter(({ type }) => judged.has(type));

/** What of it is in a total: what underutilized machines could save is shown, but proven by nothing. */
export const isCounted = ({ type, monthlySaving }: Waste): boolean =>
  type !== "underutilized_vm" && Number(monthlySaving) > 0;

/** Every open recommendation, page by page. */
export async function everyRecommendation(tenant: ScannedTenant): Promise<RecommendationList["rows"]> {
  const rows: RecommendationList["rows"] = [];
  for (;;) {
    const page = await tenant.call<RecommendationList>("list_recommendations", {
      limit: 50,
      offset: rows.length,
    });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.totalCount) return rows;
  }
}
