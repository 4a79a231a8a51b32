import { z } from "zod";
import {
  recommendationEfforts,
  recommendationRisks,
  recommendationStatuses,
  recommendationTypes,
} from "./recommendation-types.ts";

/**
 * What a page of recommendations is narrowed by: choices from its lists, and one text, as the database can answer them
 * beside paging and counts. All must hold. A question in words has recommendation-filter.ts.
 */
export const recommendationSearch = {
  status: z.enum(recommendationStatuses).default("open"),
  type: z.enum(recommendationTypes).optional(),
  risk: z.enum(recommendationRisks).optional(),
  effort: z.enum(recommendationEfforts).optional(),
  subscriptionId: z.string().trim().max(120).optional(),
  text: z.string().trim().max(200).optional().describe("Part of the title, or of the resource's name or id"),
};
const Search = z.object(recommendationSearch);

/** As the database is asked. */
export function toSearch({ status, ...rest }: z.infer<typeof Search>) {
  return { ...rest, statuses: [status] };
}
