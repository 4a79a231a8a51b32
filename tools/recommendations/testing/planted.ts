import type { Truth } from "../../clouds/sandbox/truth-schema.ts";
import type { ScannedTenant } from "../../discovery/testing/scanned-tenant.ts";
import type { RecommendationList } from "../list-recommendations.tool.ts";

type Waste = Truth["waste"][number];

/** What of the planted waste is in a total: what underutilized machines could save is shown, but proven by nothing. */
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
