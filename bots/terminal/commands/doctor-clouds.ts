import type { Connection } from "@cloudoptima/tools/connections/connection-shapes.ts";
import type { ConnectionTest } from "@cloudoptima/tools/connections/test-shapes.ts";
import type { Finding } from "@cloudoptima/tools/doctor/finding.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { call, type Terminal } from "../terminal.ts";

/** How far the organization's cost data reaches. */
export async function checkFreshness(terminal: Terminal, actor: Actor): Promise<Finding> {
  const { output } = await call(terminal, actor, "get_data_freshness", {});
  const { dataFrom, dataUntil } = ((output as { freshness?: unknown }).freshness ?? output) as {
    dataFrom?: string | null;
    dataUntil?: string | null;
  };
  const of = actor.organizationName;
  return dataUntil
    ? {
        area: "data",
        state: "ok",
        says: `${of}: cost from ${dataFrom} until ${dataUntil}`,
        means: "Questions about days after it have no answer yet.",
        advice: null,
      }
    : {
        area: "data",
        state: "ok",
        says: `${of}: no cost data yet`,
        means: "There is nothing to answer from.",
        advice: "Connect a cloud on the Connections page, or import a FOCUS file.",
      };
}

/** Whether each connected cloud answers, and what its identity lacks. */
export async function checkClouds(terminal: Terminal, actor: Actor): Promise<Finding[]> {
  const { output } = await call(terminal, actor, "list_connections", {});
  const { connections } = output as { connections: Connection[] };
  const findings: Finding[] = [];
  for (const connection of connections) {
    if (connection.kind === "focus" || connection.status === "disconnected") continue;
    terminal.progress.show({ message: `Testing ${connection.name} of ${actor.organizationName}` });
    findings.push(await checkCloud(terminal, actor, connection));
  }
  terminal.progress.clear();
  return findings;
}

async function checkCloud(terminal: Terminal, actor: Actor, { id, name }: Connection): Promise<Finding> {
  const of = `${name} of ${actor.organizationName}`;
  try {
    const { output } = await call(terminal, actor, "test_connection", { id });
    return describeTest(of, output as ConnectionTest);
  } catch (error) {
    const { message, hint } = AppError.from(error);
    return {
      area: "cloud",
      state: "fail",
      says: `${of}: ${message}`,
      means: "It could not be tested.",
      advice: hint ?? null,
    };
  }
}

function describeTest(of: string, { state, signIn, costSource, subscriptions }: ConnectionTest): Finding {
  const all = subscriptions.flatMap(({ capabilities }) => capabilities);
  const lacking = (changes: boolean) =>
    new Set(
      all.filter((one) => one.state !== "allowed" && one.changes === changes).map(({ title }) => title),
    );
  const reads = [...lacking(false), ...(costSource?.ok === false ? ["Cost exports"] : [])];
  const changes = [...lacking(true)];
  const advice =
    signIn.hint ??
    (costSource?.ok === false ? [costSource.message, costSource.hint].filter(Boolean).join(" ") : null) ??
    subscriptions.map(({ message }) => message).find((message) => message !== null) ??
    all.map(({ message }) => message).find((message) => message !== null) ??
    null;
  return {
    area: "cloud",
    state: state === "failed" ? "fail" : reads.length > 0 ? "warn" : "ok",
    says: `${of}: ${signIn.message}`,
    means:
      state === "failed"
        ? "Its figures stay as they were at the last sync."
        : reads.length > 0
          ? `Not everywhere allowed: ${reads.join(", ")}. Figures are short there.`
          : changes.length > 0
            ? `It reads everything; not everywhere allowed to carry out: ${changes.join(", ")}.`
            : "It reads everything and may carry out every kind of approved change.",
    advice: state === "ok" ? null : advice,
  };
}
