/** Where a recommendation can stand; the database checks the same. */
export const recommendationStatuses = ["open", "in_progress", "implemented", "dismissed", "expired"] as const;
export type RecommendationStatus = (typeof recommendationStatuses)[number];

/** Not decided yet: these are what can still be saved, and of one resource and type only one is among them. */
export const openStatuses = ["open", "in_progress"] as const satisfies readonly RecommendationStatus[];

/** From the safest on. */
export const recommendationRisks = ["low", "medium", "high"] as const;
export type RecommendationRisk = (typeof recommendationRisks)[number];

/** From the least work on. */
export const recommendationEfforts = ["easy", "medium", "hard"] as const;
export type RecommendationEffort = (typeof recommendationEfforts)[number];
