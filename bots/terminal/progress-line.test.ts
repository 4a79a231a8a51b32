import { describe, expect, it } from "vitest";
import { createProgressLine, describeProgress } from "./progress-line.ts";

describe("progress", () => {
  it("tells rate and time left once there is something to measure", () => {
    const progress = { message: "Loading", done: 200_000, total: 1_000_000, unit: "rows" };
    expect(describeProgress(progress, 4)).toBe(
      "Loading: 200,000 of 1,000,000 rows, 50,000 rows/s, 16 s left",
    );
    expect(describeProgress(progress, 0)).toBe("Loading: 200,000 of 1,000,000 rows");
    expect(describeProgress({ message: "Reading prices" }, 9)).toBe("Reading prices");
  });

  it("draws only on a terminal; a log gets plain lines, and none for short work", () => {
    let now = 0;
    const written: string[] = [];
    const log = createProgressLine({ isTTY: false, write: (text) => written.push(text) }, () => now);
    log.show({ message: "Loading", done: 1, total: 9 });
    now = 5_000;
    log.show({ message: "Loading", done: 5, total: 10, unit: "files" });
    log.clear();
    expect(written).toEqual(["Loading: 5 of 10 files, 1 files/s, 5 s left\n"]);

    written.length = 0;
    const screen = createProgressLine(
      { isTTY: true, columns: 20, write: (text) => written.push(text) },
      () => now,
    );
    screen.show({ message: "A long message that must be cut" });
    screen.show({ message: "A long message that must be cut" });
    screen.clear();
    screen.clear();
    expect(written).toEqual(["\r\u001b[KA long message that", "\r\u001b[K"]);
  });
});
