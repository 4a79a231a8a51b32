import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Reconciliation } from "@cloudoptima/tools/costs/reconcile/reconcile-shapes.ts";
import type { Thinking, Thought } from "../thought.ts";
import { join, next, ref, sayError, word } from "./write.ts";

const verdictWords = {
  to_the_cent: "ties out to the cent",
  within_1_percent: "is within 1 % but not equal",
  differs: "does not tie out",
  unknown: "could not be compared completely",
};

/** Whether what is stored equals what the provider says, with the difference. */
export function answerReconcile({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    const [found] = question.periods;
    const input = found ? { period: found.period } : {};
    return { calls: [{ name: "reconcile_costs", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as Reconciliation;
  const at = result.call;
  const wanted = new Set(
    question.filters.flatMap(({ dimension, exclude, values }) =>
      dimension === "service" && !exclude ? values.map((value) => value.toLowerCase()) : [],
    ),
  );
  const lines = output.connections.map((connection, index) => {
    const days = connection.period ? `, ${periodInWords(connection.period)}` : "";
    const other = connection.comparedWith === "provider_now" ? "the provider says" : "the files said";
    const totals = connection.totals.map((total, row) => {
      const pointer = `/connections/${index}/totals/${row}`;
      const difference =
        Number(total.difference.value) === 0
          ? "no difference"
          : `difference ${ref(at, `${pointer}/difference`, "exact")}`;
      return `- ${total.costKind} cost: stored ${ref(at, `${pointer}/stored`, "exact")}, ${other} ${ref(at, `${pointer}/provider`, "exact")}: ${difference}\n`;
    });
    const asked = connection.services.flatMap((service, row) =>
      wanted.has(service.service.toLowerCase())
        ? [sayService(at, `/connections/${index}/services/${row}`, service)]
        : [],
    );
    const services = connection.services
      .map((service, row) => ({ service, row }))
      .filter(
        ({ service }) => service.verdict !== "to_the_cent" && !wanted.has(service.service.toLowerCase()),
      )
      .slice(0, 3)
      .map(
        ({ service, row }) =>
          `- ${word(service.service || "no service")} differs by ${ref(at, `/connections/${index}/services/${row}/difference`, "exact")}\n`,
      );
    const notes = connection.notes.map((note) => `${word(note)}\n`);
    return `**${word(connection.connection)} ${verdictWords[connection.verdict]}**${days}.\n${asked.join("")}${totals.join("")}${services.join("")}${notes.join("")}`;
  });
  const places = question.filters.filter(
    ({ dimension }) => dimension !== "service" && dimension !== "provider",
  );
  const left =
    places.length > 0
      ? `Not limited to ${join(places.map(({ words }) => word(words)))}: costs are compared by day and service.\n`
      : "";
  const invoice = /\binvoices?\b/i.test(question.text)
    ? "The invoice itself is not kept here: billed cost is compared with what the provider bills.\n"
    : "";
  return { say: `${lines.join("\n")}${left}${invoice}${next("How fresh is the data")}` };
}

/** The service that was asked about, before the whole. */
function sayService(
  at: number,
  base: string,
  { service, difference }: Reconciliation["connections"][number]["services"][number],
): string {
  const differs =
    Number(difference.value) === 0 ? "no difference" : `difference ${ref(at, `${base}/difference`, "exact")}`;
  return `- ${word(service)}: stored ${ref(at, `${base}/stored`, "exact")}, provider ${ref(at, `${base}/provider`, "exact")}: ${differs}\n`;
}
