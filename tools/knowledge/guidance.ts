import { createHash } from "node:crypto";
import { allChecks } from "../assessment/all-checks.ts";
import { pillarLabels } from "../assessment/pillars.ts";
import { resourceTypeLabel } from "../discovery/resource-types.ts";

/** A piece of guidance that the product brings. */
export interface Guidance {
  key: string;
  title: string;
  body: string;
  /** Microsoft's public page. */
  source: string;
}

/** The Well-Architected guidance behind each check of the assessment, as text that can be looked up. */
const guidance: readonly Guidance[] = allChecks.map(
  ({ id, question, why, fix, pillar, appliesTo, source }) => ({
    key: id,
    title: question,
    body: `${why} ${fix} (${pillarLabels[pillar]}; ${appliesTo.map(resourceTypeLabel).join(", ")})`,
    source,
  }),
);

const hashOf = ({ key, title, body, source }: Guidance) =>
  createHash("sha256")
    .update(JSON.stringify([key, title, body, source]))
    .digest("hex");

/** The same by a hash of all that a piece says: what is stored under another hash is an older version's. */
export const guidanceByHash: ReadonlyMap<string, Guidance> = new Map(
  guidance.map((piece) => [hashOf(piece), piece]),
);
