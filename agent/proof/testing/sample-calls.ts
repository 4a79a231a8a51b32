import type { TurnCall } from "../../turn-ledger.ts";

/** A turn with a September breakdown of three services and an October one, shaped as get_cost_breakdown gives them. */
export function sampleCalls(): TurnCall[] {
  return [
    breakdown("2026-09-01", "2026-10-01", ["70000.50", "30000.25", "10237.34"], "110238.09"),
    breakdown("2026-10-01", "2026-11-01", ["71000.00", "29000.00", "9412.00"], "109412.00"),
  ];
}

const services = ["Virtual Machines", "Bandwidth", "Azure OpenAI"];

function breakdown(start: string, end: string, amounts: string[], total: string): TurnCall {
  return {
    toolCallId: `call-${start}`,
    name: "get_cost_breakdown",
    input: { period: { start, end }, top: 5 },
    views: [],
    output: {
      period: { start, end },
      costKind: "effective",
      currency: "USD",
      total: [{ value: total, currency: "USD" }],
      coverage: { coveredDays: 30, periodDays: 30, note: null },
      rowCount: 1240,
      rows: amounts.map((value, index) => ({
        key: services[index]!,
        label: services[index]!,
        amount: { value, currency: "USD" },
        share: (Number(value) / Number(total)).toFixed(6),
      })),
      findings: ["vm-042", "disk-old"].map((name, index) => ({
        type: "idle",
        monthlySavings: { value: `${99 - index}.5`, currency: "USD" },
        resource: { name, region: "westeurope" },
      })),
      resources: [{ name: "vm-042", idleVmCount: 412 }],
      stored: { value: "9663676417", unit: "bytes" },
    },
  };
}
