import type { Finding } from "./finding.ts";
import type { Installation } from "./inspect-installation.operation.ts";

/** Rows of cost up to which the embedded database answers at once (measured: DESIGN, section 9). */
const embeddedRows = 1_000_000;
const embeddedBytes = 2_000_000_000;
const skewMs = { warn: 5_000, fail: 120_000 };

export function judgeDatabase(
  facts: Pick<Installation, "version" | "sizeBytes">,
  engine: "embedded" | "server",
  costRowCount: number,
): Finding {
  const { version, sizeBytes } = facts;
  const size = `${Math.max(1, Math.round(sizeBytes / 1_000_000)).toLocaleString("en-US")} MB`;
  const rows = `${costRowCount.toLocaleString("en-US")} rows of cost`;
  if (engine === "server") {
    return {
      area: "database",
      state: "ok",
      says: `PostgreSQL ${version}, ${size}, ${rows}`,
      means: "A database server: any number of processes and people, any size.",
      advice: null,
    };
  }
  const share = Math.max(costRowCount / embeddedRows, sizeBytes / embeddedBytes);
  return {
    area: "database",
    state: share >= 0.8 ? "warn" : "ok",
    says: `embedded PostgreSQL ${version}, ${size}, ${rows}`,
    means:
      share >= 1
        ? "More than the embedded database is made for: answers from single rows get slow."
        : `One process, one machine; good to about ${embeddedRows.toLocaleString("en-US")} rows of cost.`,
    advice: share >= 0.8 ? "Move to a PostgreSQL server: set DATABASE_URL and import or scan anew." : null,
  };
}

export function judgeExtensions(
  { extensions }: Pick<Installation, "extensions">,
  engine: "embedded" | "server",
): Finding[] {
  const purposes: Record<string, { has: string; lacks: string }> = {
    timescaledb: {
      has: "Time series are compressed hypertables; the daily summary and retention keep themselves.",
      lacks:
        "Time series are plain tables: the same answers, summaries kept by each import, retention by a job.",
    },
    vector: {
      has: "With EMBEDDING_MODEL set, knowledge is searched by meaning too (pgvector).",
      lacks: "Knowledge is searched by words (full text) instead of by meaning.",
    },
  };
  return extensions.flatMap(({ name, installed, available }) => {
    const purpose = purposes[name];
    if (!purpose) return [];
    const says = installed ? `${name} ${installed}` : available ? `${name} not in use` : `no ${name}`;
    const wanted =
      engine === "server" && !installed
        ? available
          ? `It is on the server: an administrator can run "create extension ${name}" before the next start.`
          : `Install ${name} on the server when the data grows.`
        : null;
    return [
      {
        area: "extensions",
        state: "ok",
        says,
        means: installed ? purpose.has : purpose.lacks,
        advice: wanted,
      },
    ] satisfies Finding[];
  });
}

/** `checkedAt`: this process's clock, read when the facts were. */
export function judgeClock(
  facts: Pick<Installation, "businessNow" | "realNow" | "databaseNow">,
  checkedAt: Date,
): Finding {
  const { businessNow, realNow, databaseNow } = facts;
  const offset = Math.abs(Date.parse(databaseNow) - Date.parse(realNow));
  const here = Math.abs(checkedAt.getTime() - Date.parse(realNow));
  const skew = Math.max(offset, here);
  const seconds = `${Math.round(skew / 1000).toLocaleString("en-US")} s`;
  if (skew >= skewMs.warn) {
    return {
      area: "clock",
      state: skew >= skewMs.fail ? "fail" : "warn",
      says: `the clocks of database and product differ by ${seconds}`,
      means: "Sessions, approvals and leases end too early or too late.",
      advice: "Let both machines keep time by NTP.",
    };
  }
  const moved = Math.abs(Date.parse(businessNow) - Date.parse(realNow)) > 60_000;
  return {
    area: "clock",
    state: "ok",
    says: moved
      ? `business time ${businessNow.slice(0, 16)}Z, real time ${realNow.slice(0, 16)}Z`
      : `${realNow.slice(0, 16)}Z`,
    means: moved
      ? "CLOUDOPTIMA_NOW moves the periods that questions mean; expiry and signatures follow the real clock."
      : "Business time is real time, and database and product agree.",
    advice: null,
  };
}
