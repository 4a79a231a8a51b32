/** Reports that an organization keeps at most: they hold whole answers. */
export const mostReports = 200;

/** Reports that are made at a time, of one organization. */
export const mostUnfinished = 3;

/** Bytes of a report's content. The largest sections are limited by their own questions; this is the net below. */
export const largestContent = 4 * 1024 * 1024;
