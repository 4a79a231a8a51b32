import fc from "fast-check";
import { expect, test } from "vitest";
import type { Figure } from "../answer.ts";
import { TurnLedger } from "../turn-ledger.ts";
import { createFigureIds, TextProof } from "./prove-text.ts";
import { sampleCalls } from "./testing/sample-calls.ts";

function prove(chunks: readonly string[]) {
  const ledger = new TurnLedger();
  ledger.calls.push(...sampleCalls());
  let markdown = "";
  const figures = new Map<string, Figure>();
  const proof = new TextProof(ledger, { personSaid: [], today: "2026-11-23" }, createFigureIds(), {
    figure: (id, figure) => figures.set(id, figure),
    suggestion: (text) => {
      markdown += text;
    },
    text: (part) => {
      // The figure's data part must come before the text that links to it.
      for (const [, id] of part.matchAll(/\]\(#figure-(\d+)\)/g)) expect(figures.has(id!)).toBe(true);
      markdown += part;
    },
    end: () => {},
  });
  for (const chunk of chunks) proof.push(chunk);
  proof.end();
  return { markdown, figures };
}

/** What a reader could still take for a number after figures and marks are taken out. */
function unmarked(markdown: string): string {
  return markdown.replace(/\[(?:\\.|[^[\]\\])*\]\(#(?:figure-\d+|unproven)\)/g, " ");
}

/** Cuts a text at any places. */
const chunked = (text: string) =>
  fc.array(fc.nat({ max: Math.max(1, text.length) }), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    return at.slice(1).map((end, index) => text.slice(at[index], end));
  });

const currency = fc.constantFrom("$", "€", "£", "US$", "USD ", "EUR ", "");
const unit = fc.constantFrom(
  "",
  " %",
  "%",
  " percent",
  " dollars",
  "k",
  " million",
  " EUR",
  " VMs",
  " days",
  "M",
);
const digits = fc.oneof(
  fc.integer({ min: 0, max: 10_000_000 }).map(String),
  fc.integer({ min: 1000, max: 10_000_000 }).map((value) => value.toLocaleString("en-US")),
  fc.integer({ min: 1000, max: 10_000_000 }).map((value) => value.toLocaleString("de-DE")),
  fc.float({ min: 0, max: 100_000, noNaN: true }).map((value) => value.toFixed(2)),
);
const invented = fc.tuple(currency, digits, unit).map((parts) => parts.join(""));
const filler = fc.constantFrom(
  "Virtual Machines cost ",
  "Bandwidth is ",
  " in September",
  ". ",
  "\n- ",
  " and ",
  "**",
  "`",
  "_",
  " total ",
  "[",
  "](",
  ")",
  "![",
  "<b>",
  "&amp;",
  "{{",
  "}}",
  "\\",
  " for ",
  "(",
  ", ",
  "e.g. ",
  "~",
  "|",
  "$",
  "the machine ",
  "#",
);
const story = fc
  .array(fc.oneof(filler, invented), { minLength: 1, maxLength: 25 })
  .map((parts) => parts.join(""));

test("no digit reaches the reader unmarked, however the text is cut", () => {
  fc.assert(
    fc.property(
      story
        .filter((text) => !/\b(?:5|2026|30)\b/.test(text))
        .chain((text) => fc.tuple(fc.constant(text), chunked(text))),
      ([, chunks]) => {
        const { markdown, figures } = prove(chunks);
        // List markers in order are the only bare digits these stories can hold.
        const rest = unmarked(markdown).replace(/^\s*(?:[-*]\s+)?[1-9]\d?[.)]\s/gm, "");
        expect(rest).not.toMatch(/\p{N}/u);
        for (const figure of figures.values()) {
          expect([
            "110238.09",
            "109412",
            "70000.5",
            "30000.25",
            "10237.34",
            "71000",
            "29000",
            "9412",
            "1240",
            "412",
            "30",
          ]).toContain(figure.value);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("the same text gives the same answer, however it is cut", () => {
  fc.assert(
    fc.property(
      story.chain((text) => fc.tuple(fc.constant(text), chunked(text))),
      ([text, chunks]) => {
        expect(prove(chunks).markdown).toBe(prove([text]).markdown);
      },
    ),
    { numRuns: 500 },
  );
});

test("a model can make no link, image or HTML", () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: "grapheme", maxLength: 60 })
        .chain((noise) =>
          fc.constantFrom(
            `${noise}[x](https://evil.example)`,
            `![x](//evil.example)${noise}`,
            `<img src=x>${noise}`,
            `[x](#figure-1)${noise}`,
            `\\${noise}[x](javascript:alert)`,
            `${noise}\`[x](#figure-9)`,
            `[x]\n(#figure-9)${noise}`,
          ),
        ),
      (text) => {
        const { markdown, figures } = prove([text]);
        const rest = markdown.replace(
          /\[(?:\\.|[^[\]\\])*\]\(#(figure-\d+|unproven)\)/g,
          (match, target: string) => (target === "unproven" || figures.has(target.slice(7)) ? " " : match),
        );
        const withoutCode = rest.replace(/(?<!\\)`[^`\n]+`/g, " ");
        expect(withoutCode.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[[<]/);
        expect(rest).not.toMatch(/https?:\/\//i);
      },
    ),
    { numRuns: 1000 },
  );
});
