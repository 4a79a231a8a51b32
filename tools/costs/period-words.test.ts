import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPeriods, resolvePeriod } from "./period-words.ts";

// A Monday, in the middle of a quarter, so that "to date" and "last" differ.
const today = Temporal.PlainDate.from("2026-11-23");
const now = Temporal.Instant.from("2026-11-23T15:00:00Z");

/** Phrase, first day, day after the last. */
const phrases: [string, string, string][] = [
  ["today", "2026-11-23", "2026-11-24"],
  ["the first half of this year", "2026-01-01", "2026-07-01"],
  ["first half of Q4", "2026-10-01", "2026-11-16"],
  ["past fortnight", "2026-11-09", "2026-11-23"],
  ["L30D", "2026-10-24", "2026-11-23"],
  ["the last 3m", "2026-08-01", "2026-11-01"],
  ["7d", "2026-11-16", "2026-11-23"],
  ["TTM", "2025-11-01", "2026-11-01"],
  ["last half-year", "2026-01-01", "2026-07-01"],
  ["half-year to date", "2026-07-01", "2026-11-24"],
  ["1H26", "2026-01-01", "2026-07-01"],
  ["the weekend before last", "2026-11-14", "2026-11-16"],
  ["this time last month", "2026-10-01", "2026-10-24"],
  ["last quarter at the same point", "2026-07-01", "2026-08-24"],
  ["w/c 7 September", "2026-09-07", "2026-09-14"],
  ["week commencing Sep 9", "2026-09-07", "2026-09-14"],
  ["CW 37", "2026-09-07", "2026-09-14"],
  ["Sep-26", "2026-09-01", "2026-10-01"],
  ["202609", "2026-09-01", "2026-10-01"],
  ["20260915", "2026-09-15", "2026-09-16"],
  ["3.-9. August", "2026-08-03", "2026-08-10"],
  ["30 days ending Sep 15", "2026-08-17", "2026-09-16"],
  ["the six months to September", "2026-04-01", "2026-10-01"],
  ["the quarter ending June 2026", "2026-04-01", "2026-07-01"],
  ["up to and including 15 September", "2000-01-01", "2026-09-16"],
  ["the 15th of last month", "2026-10-15", "2026-10-16"],
  ["Sunday, September 13", "2026-09-13", "2026-09-14"],
  ["Friday", "2026-11-20", "2026-11-21"],
  ["the end of last month", "2026-10-22", "2026-11-01"],
  ["Christmas Day", "2025-12-25", "2025-12-26"],
  ["New Year's Eve 2024", "2024-12-31", "2025-01-01"],
  ["yesterday", "2026-11-22", "2026-11-23"],
  ["the day before yesterday", "2026-11-21", "2026-11-22"],
  ["this week", "2026-11-23", "2026-11-24"],
  ["last week", "2026-11-16", "2026-11-23"],
  ["past week", "2026-11-16", "2026-11-23"],
  ["the week before last", "2026-11-09", "2026-11-16"],
  ["week to date", "2026-11-23", "2026-11-24"],
  ["this month", "2026-11-01", "2026-11-24"],
  ["month to date", "2026-11-01", "2026-11-24"],
  ["month-to-date", "2026-11-01", "2026-11-24"],
  ["MTD", "2026-11-01", "2026-11-24"],
  ["so far this month", "2026-11-01", "2026-11-24"],
  ["this month so far", "2026-11-01", "2026-11-24"],
  ["the current month", "2026-11-01", "2026-11-24"],
  ["last month", "2026-10-01", "2026-11-01"],
  ["Last Month", "2026-10-01", "2026-11-01"],
  ["previous month", "2026-10-01", "2026-11-01"],
  ["the last full month", "2026-10-01", "2026-11-01"],
  ["last calendar month", "2026-10-01", "2026-11-01"],
  ["the month before last", "2026-09-01", "2026-10-01"],
  ["past month", "2026-10-23", "2026-11-23"],
  ["in the last month", "2026-10-23", "2026-11-23"],
  ["over the last week", "2026-11-16", "2026-11-23"],
  ["this quarter", "2026-10-01", "2026-11-24"],
  ["current quarter", "2026-10-01", "2026-11-24"],
  ["quarter to date", "2026-10-01", "2026-11-24"],
  ["qtd", "2026-10-01", "2026-11-24"],
  ["last quarter", "2026-07-01", "2026-10-01"],
  ["this year", "2026-01-01", "2026-11-24"],
  ["year to date", "2026-01-01", "2026-11-24"],
  ["ytd", "2026-01-01", "2026-11-24"],
  ["last year", "2025-01-01", "2026-01-01"],
  ["past year", "2025-11-23", "2026-11-23"],
  ["past 90 days", "2026-08-25", "2026-11-23"],
  ["last 90 days", "2026-08-25", "2026-11-23"],
  ["over the last 30 days", "2026-10-24", "2026-11-23"],
  ["trailing 7 days", "2026-11-16", "2026-11-23"],
  ["last 90d", "2026-08-25", "2026-11-23"],
  ["past two weeks", "2026-11-09", "2026-11-23"],
  ["last 2 weeks", "2026-11-09", "2026-11-23"],
  ["the last couple of weeks", "2026-11-09", "2026-11-23"],
  ["last 3 months", "2026-08-01", "2026-11-01"],
  ["past three months", "2026-08-01", "2026-11-01"],
  ["last 12 months", "2025-11-01", "2026-11-01"],
  ["the last 2 quarters", "2026-04-01", "2026-10-01"],
  ["past 2 years", "2024-01-01", "2026-01-01"],
  ["in the last 24 hours", "2026-11-22", "2026-11-23"],
  ["last 48h", "2026-11-21", "2026-11-23"],
  ["3 days ago", "2026-11-20", "2026-11-21"],
  ["2 weeks ago", "2026-11-09", "2026-11-16"],
  ["two months ago", "2026-09-01", "2026-10-01"],
  ["a year ago", "2025-01-01", "2026-01-01"],
  ["last weekend", "2026-11-21", "2026-11-23"],
  ["over the weekend", "2026-11-21", "2026-11-23"],
  ["last Friday", "2026-11-20", "2026-11-21"],
  ["on Tuesday", "2026-11-17", "2026-11-18"],
  ["last Monday", "2026-11-16", "2026-11-17"],
  ["Q3 2025", "2025-07-01", "2025-10-01"],
  ["q3 of 2025", "2025-07-01", "2025-10-01"],
  ["Q3'25", "2025-07-01", "2025-10-01"],
  ["Q3-2025", "2025-07-01", "2025-10-01"],
  ["2025 Q3", "2025-07-01", "2025-10-01"],
  ["2025-Q3", "2025-07-01", "2025-10-01"],
  ["3Q25", "2025-07-01", "2025-10-01"],
  ["Q3", "2026-07-01", "2026-10-01"],
  ["Q4", "2026-10-01", "2026-11-24"],
  ["Q3 last year", "2025-07-01", "2025-10-01"],
  ["the third quarter of 2025", "2025-07-01", "2025-10-01"],
  ["third quarter", "2026-07-01", "2026-10-01"],
  ["the last quarter of 2025", "2025-10-01", "2026-01-01"],
  ["Q1-Q3 2025", "2025-01-01", "2025-10-01"],
  ["H1 2025", "2025-01-01", "2025-07-01"],
  ["H2", "2026-07-01", "2026-11-24"],
  ["first half of 2025", "2025-01-01", "2025-07-01"],
  ["the second half of last year", "2025-07-01", "2026-01-01"],
  ["2025", "2025-01-01", "2026-01-01"],
  ["in 2024", "2024-01-01", "2025-01-01"],
  ["September", "2026-09-01", "2026-10-01"],
  ["Sept", "2026-09-01", "2026-10-01"],
  ["sep.", "2026-09-01", "2026-10-01"],
  ["November", "2026-11-01", "2026-11-24"],
  ["December", "2025-12-01", "2026-01-01"],
  ["May", "2026-05-01", "2026-06-01"],
  ["in may", "2026-05-01", "2026-06-01"],
  ["last September", "2026-09-01", "2026-10-01"],
  ["last November", "2025-11-01", "2025-12-01"],
  ["September 2025", "2025-09-01", "2025-10-01"],
  ["September of 2025", "2025-09-01", "2025-10-01"],
  ["Sep, 2025", "2025-09-01", "2025-10-01"],
  ["Sept '24", "2024-09-01", "2024-10-01"],
  ["the month of September 2024", "2024-09-01", "2024-10-01"],
  ["September last year", "2025-09-01", "2025-10-01"],
  ["September of last year", "2025-09-01", "2025-10-01"],
  ["2024-09", "2024-09-01", "2024-10-01"],
  ["09/2024", "2024-09-01", "2024-10-01"],
  ["2024 September", "2024-09-01", "2024-10-01"],
  ["15 Sep", "2026-09-15", "2026-09-16"],
  ["Sep 15", "2026-09-15", "2026-09-16"],
  ["September 15th, 2024", "2024-09-15", "2024-09-16"],
  ["the 15th of September 2024", "2024-09-15", "2024-09-16"],
  ["15 December", "2025-12-15", "2025-12-16"],
  ["2024-09-15", "2024-09-15", "2024-09-16"],
  ["2024/9/15", "2024-09-15", "2024-09-16"],
  ["15.09.2024", "2024-09-15", "2024-09-16"],
  ["on 9/15/2024", "2024-09-15", "2024-09-16"],
  ["Sep 1-15", "2026-09-01", "2026-09-16"],
  ["Sep 1-15, 2024", "2024-09-01", "2024-09-16"],
  ["September 1st to 15th", "2026-09-01", "2026-09-16"],
  ["1-31 Oct", "2026-10-01", "2026-11-01"],
  ["1–31 October 2025", "2025-10-01", "2025-11-01"],
  ["from 5 to 10 September 2024", "2024-09-05", "2024-09-11"],
  ["between 5 and 10 September 2024", "2024-09-05", "2024-09-11"],
  ["between 2024-09-05 and 2024-09-10", "2024-09-05", "2024-09-11"],
  ["2024-09-05 to 2024-09-10", "2024-09-05", "2024-09-11"],
  ["from Sep 5 to Oct 10", "2026-09-05", "2026-10-11"],
  ["from November to February", "2025-11-01", "2026-03-01"],
  ["Jan-Mar 2025", "2025-01-01", "2025-04-01"],
  ["January to March 2025", "2025-01-01", "2025-04-01"],
  ["Nov-Feb 2025", "2024-11-01", "2025-03-01"],
  ["from Sep 2024 to October", "2024-09-01", "2024-11-01"],
  ["since March", "2026-03-01", "2026-11-24"],
  ["since 15 Sep", "2026-09-15", "2026-11-24"],
  ["since September 2024", "2024-09-01", "2026-11-24"],
  ["since the start of October", "2026-10-01", "2026-11-24"],
  ["since last week", "2026-11-16", "2026-11-24"],
  ["since yesterday", "2026-11-22", "2026-11-24"],
  ["from March onwards", "2026-03-01", "2026-11-24"],
  ["March to date", "2026-03-01", "2026-11-24"],
  ["from 1 Oct until now", "2026-10-01", "2026-11-24"],
  ["after 15 Sep", "2026-09-16", "2026-11-24"],
  ["first half of September", "2026-09-01", "2026-09-16"],
  ["the second half of September 2024", "2024-09-16", "2024-10-01"],
  ["first week of September 2024", "2024-09-01", "2024-09-08"],
  ["last week of September", "2026-09-24", "2026-10-01"],
  ["first 10 days of September", "2026-09-01", "2026-09-11"],
  ["last 5 days of September 2024", "2024-09-26", "2024-10-01"],
  ["early September", "2026-09-01", "2026-09-11"],
  ["mid-September", "2026-09-11", "2026-09-21"],
  ["late September 2024", "2024-09-21", "2024-10-01"],
  ["week of Sep 9", "2026-09-07", "2026-09-14"],
  ["the week of 9 September 2024", "2024-09-09", "2024-09-16"],
  ["week starting 2024-09-09", "2024-09-09", "2024-09-16"],
  ["week 37 of 2024", "2024-09-09", "2024-09-16"],
  ["2024-W37", "2024-09-09", "2024-09-16"],
  ["week ending Sep 14", "2026-09-08", "2026-09-15"],
  ["the first two weeks of September 2024", "2024-09-01", "2024-09-15"],
  ["last 30 days of 2024", "2024-12-02", "2025-01-01"],
  ["beginning of September", "2026-09-01", "2026-09-11"],
  ["since the beginning of the year", "2026-01-01", "2026-11-24"],
  ["since the beginning of September", "2026-09-01", "2026-11-24"],
  ["rolling 30 days", "2026-10-24", "2026-11-23"],
  ["previous 30 days", "2026-10-24", "2026-11-23"],
  ["quarter 3", "2026-07-01", "2026-10-01"],
  ["third qtr 2025", "2025-07-01", "2025-10-01"],
  ["2024-09-01..2024-09-15", "2024-09-01", "2024-09-16"],
  ["until September 2024", "2000-01-01", "2024-10-01"],
  ["before October 2024", "2000-01-01", "2024-10-01"],
  ["the month before October", "2026-09-01", "2026-10-01"],
  ["all time", "2000-01-01", "2026-11-24"],
];

describe("resolvePeriod", () => {
  it.each(phrases)("%s", (words, start, end) => {
    expect(resolvePeriod({ words }, now)).toEqual({ start, end });
  });

  it("takes exact days as they are", () => {
    const period = { start: "2024-09-01", end: "2024-10-01" };
    expect(resolvePeriod(period, now)).toEqual(period);
  });

  it.each([
    ["fiscal Q3", "fiscal calendars"],
    ["FY25", "fiscal calendars"],
    ["last fiscal year", "fiscal calendars"],
    ["fiscal year to date", "fiscal calendars"],
    ["FYTD", "fiscal calendars"],
    ["Q3 FY26", "fiscal calendars"],
    ["the rest of the year", "future"],
    ["over Christmas", "name the first and the last"],
    ["Black Friday", "name the date"],
    ["every Monday in September", "unbroken"],
    ["this morning", "by day"],
    ["next month", "future"],
    ["tomorrow", "future"],
    ["December 2026", "future"],
    ["last summer", "seasons"],
    ["the last few days", "how many"],
    ["the last days of September", "how many"],
    ["weekends in September", "unbroken"],
    ["yesterday at 14:00", "by day"],
    ["2025 except December", "leaving days out"],
    ["03/04/2025", "can mean 2025-04-03 or 2025-03-04"],
    ["September vs October", "2 periods"],
    ["a while ago", "names no period"],
    ["last month without weekends", "leaving days out"],
    ["last month by service", "byservice|service"],
    ["31 September", "names no period|more than"],
  ])("refuses %s and says why", (words, why) => {
    expect(() => resolvePeriod({ words }, now)).toThrow(new RegExp(why));
  });

  it("refuses days that end before they begin", () => {
    expect(() => resolvePeriod({ start: "2024-10-01", end: "2024-10-01" }, now)).toThrow(/no days/);
  });

  it("reads the day from the clock in UTC", () => {
    const late = Temporal.Instant.from("2026-11-01T00:30:00+02:00");
    expect(resolvePeriod({ words: "last month" }, late).start).toBe("2026-09-01");
  });
});

describe("findPeriods", () => {
  const days = (text: string) =>
    findPeriods(text, today).periods.map(({ period }) => `${period.start}/${period.end}`);
  const september = "2026-09-01/2026-10-01";
  const october = "2026-10-01/2026-11-01";

  it.each([
    ["Compare October vs September", [october, september]],
    ["September vs. October by service", [september, october]],
    ["what changed between September and October?", [september, october]],
    ["how did cost change from September to October", [september, october]],
    ["why did the bill go up in October compared to September", [october, september]],
    ["spend from September to October", ["2026-09-01/2026-11-01"]],
    ["Sep vs Oct 2024", ["2024-09-01/2024-10-01", "2024-10-01/2024-11-01"]],
    ["December vs January 2025", ["2024-12-01/2025-01-01", "2025-01-01/2025-02-01"]],
    ["Q2 vs Q3 2025", ["2025-04-01/2025-07-01", "2025-07-01/2025-10-01"]],
    ["September 2024 vs October", ["2024-09-01/2024-10-01", "2024-10-01/2024-11-01"]],
    ["this month vs last month", ["2026-11-01/2026-11-24", october]],
    ["September versus the month before", [september, "2026-08-01/2026-09-01"]],
    ["compare September with the previous month", [september, "2026-08-01/2026-09-01"]],
    ["October vs same month last year", [october, "2025-10-01/2025-11-01"]],
    [
      "compare the last 30 days with the previous 30 days",
      ["2026-10-24/2026-11-23", "2026-09-24/2026-10-24"],
    ],
    ["last 30 days vs the 30 days before", ["2026-10-24/2026-11-23", "2026-09-24/2026-10-24"]],
    ["October month on month", [october, september]],
    ["last weekend vs the weekend before", ["2026-11-21/2026-11-23", "2026-11-14/2026-11-16"]],
    ["yesterday vs same day last week", ["2026-11-22/2026-11-23", "2026-11-15/2026-11-16"]],
    ["last Monday vs the Monday before", ["2026-11-16/2026-11-17", "2026-11-09/2026-11-10"]],
    ["this month vs the same days last month", ["2026-11-01/2026-11-24", "2026-10-01/2026-10-24"]],
    ["November vs last month at same point", ["2026-11-01/2026-11-24", "2026-10-01/2026-10-24"]],
    ["month to date vs last month to date", ["2026-11-01/2026-11-24", "2026-10-01/2026-10-24"]],
    ["2025 vs 2024", ["2025-01-01/2026-01-01", "2024-01-01/2025-01-01"]],
    ["last week vs the week before", ["2026-11-16/2026-11-23", "2026-11-09/2026-11-16"]],
    ["Sep 1-15 vs Sep 16-30 2024", ["2024-09-01/2024-09-16", "2024-09-16/2024-10-01"]],
  ])("%s", (text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  it.each([
    "what may this cost us",
    "cost of rg-sep-2024",
    "spend on web-q3 by service",
    "top 5 services",
    "which 2024 VMs are idle",
    "show h1-db costs",
    "monthly trend per service",
    "everything above $2025",
  ])("finds no period in: %s", (text) => {
    expect(days(text)).toEqual([]);
  });

  it("says where the words stand", () => {
    const text = "What did AWS cost between 2024-09-05 and 2024-09-10 by region?";
    const [found] = findPeriods(text, today).periods;
    expect(text.slice(...found!.range)).toBe("between 2024-09-05 and 2024-09-10");
    expect(found!.words).toBe("between 2024-09-05 and 2024-09-10");
  });

  it("returns both readings of a date by slashes", () => {
    const { ambiguous } = findPeriods("cost on 03/04/2025", today);
    expect(ambiguous?.[0]?.options.map((option) => option.start)).toEqual(["2025-04-03", "2025-03-04"]);
  });

  const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
  const plain = (date: Date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10));

  it("never ends before it begins, and never begins after today", () => {
    fc.assert(
      fc.property(fc.constantFrom(...phrases), day, ([words], date) => {
        const clock = plain(date);
        for (const { period } of findPeriods(words, clock).periods) {
          expect(period.start < period.end).toBe(true);
          expect(period.start <= clock.toString()).toBe(true);
        }
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it("reads back any two days as they were written", () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = [plain(a), plain(b)].sort(Temporal.PlainDate.compare) as [
          Temporal.PlainDate,
          Temporal.PlainDate,
        ];
        const expected = { start: from.toString(), end: to.add({ days: 1 }).toString() };
        const clock = Temporal.PlainDate.from("2036-01-01");
        const written = (date: Temporal.PlainDate) =>
          date.toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
        expect(findPeriods(`between ${from} and ${to}`, clock).periods[0]!.period).toEqual(expected);
        expect(findPeriods(`from ${written(from)} to ${written(to)}`, clock).periods[0]!.period).toEqual(
          expected,
        );
      }),
      { seed: 7 },
    );
  });
});
