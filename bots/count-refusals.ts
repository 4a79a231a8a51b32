import type { Logger } from "pino";

/** A minute's refused requests that are audited one by one; a flood of them is counted in the log. */
const auditedPerMinute = 30;

/** Audits refused requests at a chat's route, as many as a reader of the audit log can bear. */
export function countRefusals(options: {
  /** e.g. "/slack/events" */
  route: string;
  now(): number;
  log: Logger;
  audit(reason: string): void;
}): (reason: string) => void {
  const { route, now, log, audit } = options;
  let minute = 0;
  let count = 0;
  return (reason) => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) {
      if (count > auditedPerMinute) log.warn({ count, route }, "unsigned requests were refused");
      minute = current;
      count = 0;
    }
    count += 1;
    if (count <= auditedPerMinute) audit(reason);
  };
}
