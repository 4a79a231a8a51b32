import { expect, test } from "vitest";
import { bytesInWords, scaled, scaleFor } from "./scale-measure.ts";

test.each([
  ["bytes", 0, "0", "B"],
  ["bytes", 1023, "1023", "B"],
  ["bytes", 1536, "1.5", "KiB"],
  ["bytes", 5 * 1024 ** 4, "5", "TiB"],
  ["bytes_per_second", 3.5 * 1024 ** 2, "3.5", "MiB/s"],
  ["count_per_second", 1234.5678, "1234.568", "per second"],
  ["percent", 0.0001234, "0.00012", "percent"],
  ["count", 12_345_678, "12345678", "count"],
])("%s of %d reads as %s %s", (unit, value, number, name) => {
  const scale = scaleFor(unit, value);
  expect([scaled(value, scale), scale.unit]).toEqual([number, name]);
});

test("a small value beside a large one is told in the large one's unit", () => {
  expect(scaled(1024 ** 2, scaleFor("bytes", 1024 ** 3))).toBe("0.00098");
});

test.each([
  ["0", "0 B"],
  [512, "512 B"],
  ["1234567", "1.18 MiB"],
  ["-1610612736", "-1.5 GiB"],
  ["3377699720527872.4", "3 PiB"],
])("%s bytes are told as %s", (value, text) => {
  expect(bytesInWords(value)).toBe(text);
});
