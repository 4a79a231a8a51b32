import type { DataState } from "./queries.ts";

const fullMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * Four questions for the first page, one for each kind of look. They name a period that the data covers:
 * "last month" helps nobody whose data ends two years ago.
 */
export function exampleQuestions(state: Pick<DataState, "freshness" | "now"> | undefined): string[] {
  const { dataFrom, dataUntil } = state?.freshness ?? {};
  const lastMonth = monthBefore(state?.now ?? new Date().toISOString());
  if (!dataFrom || !dataUntil || dataUntil.slice(0, 7) >= lastMonth) {
    return [
      "What did we spend last month by service?",
      dataFrom && dataFrom.slice(0, 7) >= lastMonth
        ? "Which resources cost the most last month?"
        : "Why did our cost change last month?",
      "Show daily cost for the past 90 days",
      "Where can we save money?",
    ];
  }
  const month = monthName(dataUntil);
  return [
    `Spend by service in ${month}`,
    `Daily cost in ${month}`,
    `Top resources in ${month}`,
    `Spend by region in ${month}`,
  ];
}

/** "2026-09" for any time in October 2026. */
function monthBefore(time: string): string {
  const [year, month] = time.split("-").map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

function monthName(day: string): string {
  return `${fullMonths[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}
