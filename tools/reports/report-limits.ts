import { AppError } from "../kernel/errors.ts";

/** Reports that an organization keeps at most: they hold whole answers. */
export const mostReports = 200;

/** Reports that are made at a time, of one organization. */
export const mostUnfinished = 3;

/** Bytes of a report's content. The largest sections are limited by their own questions; this is the net below. */
export const largestContent = 4 * 1024 * 1024;

/** Schedules of one organization: each brings a report a week or a month. */
export const mostSchedules = 50;

/** A scheduled report whose process died is taken up again for so long; one that kills its process is left after it. */
export const takeUpMs = 24 * 60 * 60_000;

export const tooManyReports = () =>
  new AppError("conflict", `There are ${mostReports} reports, which is as many as are kept.`, {
    hint: "Delete some that nobody needs any more.",
  });
