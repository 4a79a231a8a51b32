import { expect, test } from "vitest";
import { writableChart } from "./writable-chart.ts";

const written = (words: string) =>
  writableChart(`<svg><text x="1">${words}</text></svg>`).replace(/^<svg><text x="1">|<\/text><\/svg>$/g, "");

test.each([
  ["letters of a shipped typeface stay", "Δεδομένα &amp; données", "Δεδομένα &amp; données"],
  ["others are told by their code points", "数据 &lt;eu&gt;", "[U+6570 636E] &lt;eu&gt;"],
  ["which are cut where a name has no more room", "数据仓库 warehouse", "[U+6570 636E 4ED3 5E93]…"],
  ["a long name of shipped letters was cut before", "a name of more than twenty-four letters", ""],
])("%s", (_, words, expected) => {
  expect(written(words)).toBe(expected || words);
});
