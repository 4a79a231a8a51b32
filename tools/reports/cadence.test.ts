import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cadence, cadenceInWords, lastDue, nextDue, periodBefore } from "./cadence.ts";

const at = (iso: string) => Temporal.Instant.from(iso);
const monday: Cadence = { cadence: "week", day: 1, hour: 8 };
const third: Cadence = { cadence: "month", day: 3, hour: 6 };

describe("when a report is due", () => {
  it.each([
    [monday, "UTC", "2026-10-05T07:59:59Z", "2026-10-05T08:00:00Z"],
    [monday, "UTC", "2026-10-05T08:00:00Z", "2026-10-12T08:00:00Z"],
    [monday, "UTC", "2026-10-11T23:00:00Z", "2026-10-12T08:00:00Z"],
    // It is Monday in Auckland while it is still Sunday in UTC.
    [monday, "Pacific/Auckland", "2026-10-04T12:00:00Z", "2026-10-04T19:00:00Z"],
    // The hour stays the same for people when clocks change.
    [monday, "Europe/Berlin", "2026-10-19T07:00:00Z", "2026-10-26T07:00:00Z"],
    [monday, "Europe/Berlin", "2026-10-12T07:00:00Z", "2026-10-19T06:00:00Z"],
    // Clocks go from 02:00 to 03:00: there is no 02:00.
    [{ cadence: "week", day: 7, hour: 2 }, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
    [third, "UTC", "2026-12-03T06:00:00Z", "2027-01-03T06:00:00Z"],
    [{ cadence: "month", day: 28, hour: 0 }, "UTC", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"],
  ] as const)("%j in %s after %s: %s", (cadence, zone, after, due) => {
    expect(nextDue(cadence, zone, at(after)).toString()).toBe(due);
  });

  it("tells of the whole week or month before", () => {
    const due = at("2026-10-05T08:00:00Z");
    expect(periodBefore(monday, "UTC", due)).toEqual({ start: "2026-09-28", end: "2026-10-05" });
    expect(periodBefore(third, "UTC", due)).toEqual({ start: "2026-09-01", end: "2026-10-01" });
    // The first of the month in Auckland, the last of the month before in UTC.
    const early = at("2026-09-30T18:00:00Z");
    expect(periodBefore(third, "Pacific/Auckland", early)).toEqual({
      start: "2026-09-01",
      end: "2026-10-01",
    });
  });

  it("is after the moment asked for, at the hour, and nothing lies between", () => {
    const zone = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/St_Johns",
      "Pacific/Auckland",
      "Asia/Kolkata",
    );
    const any = fc.oneof(
      fc.record({ cadence: fc.constant("week" as const), day: fc.integer({ min: 1, max: 7 }) }),
      fc.record({ cadence: fc.constant("month" as const), day: fc.integer({ min: 1, max: 28 }) }),
    );
    // Hours that no clock jumps over.
    const hour = fc.integer({ min: 4, max: 23 });
    const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
    fc.assert(
      fc.property(any, hour, zone, moment, (kind, hour, timeZone, time) => {
        const cadence = { ...kind, hour };
        const after = Temporal.Instant.fromEpochMilliseconds(time);
        const due = nextDue(cadence, timeZone, after);
        const local = due.toZonedDateTimeISO(timeZone);
        expect(Temporal.Instant.compare(due, after)).toBe(1);
        expect(local.hour).toBe(hour);
        expect(kind.cadence === "week" ? local.dayOfWeek : local.day).toBe(kind.day);
        expect(due.since(after).total("hours")).toBeLessThanOrEqual(kind.cadence === "week" ? 169 : 745);
        const much = due.add({ hours: 24 * 100 });
        const last = lastDue(cadence, timeZone, due, much);
        expect(Temporal.Instant.compare(last, much)).not.toBe(1);
        expect(Temporal.Instant.compare(nextDue(cadence, timeZone, last), much)).toBe(1);
      }),
    );
  });

  it("says itself in words", () => {
    expect(cadenceInWords(monday)).toBe("each Monday at 08:00");
    expect(cadenceInWords(third)).toBe("on day 3 of each month at 06:00");
  });
});
