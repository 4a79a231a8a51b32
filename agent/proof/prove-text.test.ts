import { describe, expect, test } from "vitest";
import type { Figure } from "../answer.ts";
import { TurnLedger } from "../turn-ledger.ts";
import { createFigureIds, TextProof } from "./prove-text.ts";
import { sampleCalls } from "./testing/sample-calls.ts";
import { toPlainText } from "./to-plain-text.ts";

function prove(text: string, options: { said?: string[]; chunk?: number; again?: boolean } = {}) {
  const ledger = new TurnLedger();
  ledger.calls.push(...sampleCalls());
  // The September call once more, cut otherwise.
  if (options.again) ledger.calls.push({ ...sampleCalls()[0]!, input: { top: 3, groupBy: "region" } });
  let markdown = "";
  const figures: Figure[] = [];
  const proof = new TextProof(
    ledger,
    { personSaid: options.said ?? [], today: "2026-11-23" },
    createFigureIds(),
    {
      figure: (_, figure) => figures.push(figure),
      suggestion: () => {},
      text: (part) => {
        markdown += part;
      },
      end: () => {},
    },
  );
  const size = options.chunk ?? text.length;
  for (let at = 0; at < text.length; at += size) proof.push(text.slice(at, at + size));
  proof.end();
  return { markdown, plain: toPlainText(markdown), figures };
}

describe("references", () => {
  test.each([
    ["{{0:/total/0}}", "$110,238", "110238.09", "USD", "identity"],
    ["{{0:/total/0/value}}", "$110,238", "110238.09", "USD", "identity"],
    ["{{0:/total/0|short}}", "$110.2 k", "110238.09", "USD", "identity"],
    ["{{0:/total/0|exact}}", "$110,238.09", "110238.09", "USD", "identity"],
    ["{{difference 0:/total/0 1:/total/0}}", "$826.09", "826.09", "USD", "difference"],
    ["{{difference 0:/total/0 1:/total/0|signed}}", "+$826.09", "826.09", "USD", "difference"],
    ["{{percent_change 1:/total/0 0:/total/0}}", "-0.7 %", "-0.74936", "percent", "percent_change"],
    ["{{ratio 0:/rows/0/amount 0:/total/0}}", "63.5 %", "63.49", "percent", "ratio"],
    ["{{ratio 0:/total/0 0:/coverage/coveredDays}}", "$3,675", "3674.6", "USD", "ratio"],
    ["{{sum 0:/rows/0/amount 0:/rows/1/amount}}", "$100,001", "100000.75", "USD", "sum"],
    ["{{mean 0:/rows/0/amount 0:/rows/1/amount}}", "$50,000", "50000.375", "USD", "mean"],
    ["{{0:/rows/1/share}}", "27.2 %", "27.214", "percent", "percent"],
    ["{{count 0:/rows/0/amount 0:/rows/1/amount}}", "2", "2", "count", "count"],
    ["{{difference 1:/total/0 0:/total/0|unsigned}}", "$826.09", "-826.09", "USD", "difference"],
    ["{{0:/rowCount}}", "1,240", "1240", "count", "identity"],
    ["{{0:/coverage/coveredDays}}", "30 days", "30", "days", "identity"],
    ["{{0:/stored}}", "9 GiB", "9663676417", "bytes", "identity"],
    ["{{0:/stored|exact}}", "9,663,676,417 bytes", "9663676417", "bytes", "identity"],
  ])("%s reads %s", (reference, text, value, unit, formula) => {
    const { figures, markdown } = prove(`It is ${reference}.`);
    expect(markdown).toBe(`It is [${text}](#figure-1).`);
    expect(figures).toHaveLength(1);
    expect(figures[0]).toMatchObject({ text, unit, formula });
    expect(figures[0]!.value.startsWith(value)).toBe(true);
  });

  test.each([
    "{{0:/nothing}}",
    "{{7:/total/0}}",
    "{{0:/costKind}}",
    "{{difference 0:/total/0 0:/rowCount}}",
    "{{sum 0:/total/0}}",
    "{{count 0:/rows/0/amount 0:/rows/0/amount}}",
    "{{count 0:/rows/0/amount 0:/total/0}}",
    "{{count 0:/rowCount}}",
    "{{product 0:/total/0 0:/total/0}}",
    "{{0:/total/0|roman}}",
    "{{0:/__proto__/value}}",
    "{{ }}",
  ])("%s proves nothing and is marked", (reference) => {
    const { figures, plain } = prove(`It is ${reference}.`);
    expect(figures).toEqual([]);
    expect(plain).toBe("It is [unproven: ?].");
  });
});

describe("references said of something else", () => {
  test.each([
    ["another row's amount", "Bandwidth cost {{0:/rows/0/amount}} in October.", "$70,001"],
    ["another row's share", "It was {{0:/rows/2/share}} for bandwidth.", "9.3 %"],
    ["the total", "Bandwidth saved us {{0:/total/0}} per year.", "$110,238"],
    ["another finding's saving", "`disk-old`: {{0:/findings/0/monthlySavings}} a month", "$99.50"],
    ["a sum of others", "Bandwidth: {{sum 0:/rows/0/amount 0:/rows/2/amount}}", "$80,238"],
  ])("%s is marked", (_, sentence, text) => {
    const { figures, plain } = prove(sentence);
    expect(plain).toContain(`[unproven: ${text}]`);
    expect(figures).toEqual([]);
  });

  test.each([
    "Bandwidth cost {{0:/rows/1/amount}}.",
    "It cost {{0:/rows/0/amount}}.",
    "The biggest, Virtual Machines, took {{0:/rows/0/amount}}, ahead of Bandwidth.",
    "We spent {{0:/total/0}}, led by Virtual Machines ({{0:/rows/0/amount}}).",
    "`disk-old` (westeurope): {{0:/findings/1/monthlySavings}} a month, as long as `vm-042` runs.",
    "The total was {{0:/total/0}}, with Bandwidth in it.",
    "Without Azure OpenAI: {{sum 0:/rows/0/amount 0:/rows/1/amount}} for Virtual Machines and Bandwidth.",
  ])("%s stays", (sentence) => {
    expect(prove(sentence).markdown).not.toContain("#unproven");
  });
});

describe("figures that changed places in one sentence", () => {
  test.each([
    "Virtual Machines cost {{0:/rows/1/amount}} and Bandwidth cost {{0:/rows/0/amount}}.",
    "{{0:/rows/1/amount}} for Virtual Machines, {{0:/rows/0/amount}} for Bandwidth.",
    "**Virtual Machines** ({{0:/rows/1/amount}}) lead, ahead of Bandwidth ({{0:/rows/0/amount}}).",
    "Virtual Machines: {{0:/rows/1/amount}}, Bandwidth: {{0:/rows/2/amount}}, Azure OpenAI: {{0:/rows/0/amount}}.",
  ])("%s is marked", (sentence) => {
    expect(prove(sentence).figures).toEqual([]);
    expect(prove(sentence).plain).toContain("[unproven: $");
  });

  test.each([
    "Virtual Machines cost {{0:/rows/0/amount}} and Bandwidth cost {{0:/rows/1/amount}}.",
    "{{0:/rows/0/amount}} for Virtual Machines, {{0:/rows/1/amount}} for Bandwidth.",
    "{{0:/rows/0/amount}} (Virtual Machines) and {{0:/rows/1/amount}} (Bandwidth).",
    "Virtual Machines and Bandwidth cost {{0:/rows/0/amount}} and {{0:/rows/1/amount}}.",
    "The most went to **Virtual Machines** ({{0:/rows/0/amount}}); {{0:/rows/1/amount}} is Bandwidth.",
    "Virtual Machines cost {{0:/rows/0/amount}}, {{difference 0:/rows/0/amount 0:/rows/1/amount}} more than Bandwidth ({{0:/rows/1/amount}}).",
  ])("%s stays", (sentence) => {
    expect(prove(sentence).markdown).not.toContain("#unproven");
  });
});

describe("numbers in words of other languages", () => {
  test.each([
    "zwölf VMs liegen still",
    "cinq machines",
    "hay doscientas VMs",
    "achtzig VMs",
    "三百台",
    "двадцать машин",
  ])("%s is marked", (sentence) => {
    expect(prove(sentence).plain).toContain("[unproven: ");
  });

  test.each(["Once due, it stays.", "The DOS box and the CEM tool run.", "See Sept and the mile-high club."])(
    "%s claims nothing",
    (sentence) => {
      expect(prove(sentence).markdown).not.toContain("#unproven");
    },
  );
});

describe("money counted twice", () => {
  test.each([
    "{{sum 0:/total/0 0:/total/0 0:/total/0}}",
    "{{sum 0:/total/0 0:/total/0/value}}",
    "{{sum 0:/total/0 0:/rows/0/amount}}",
    "{{sum 0:/rows/0/amount 0:/rows/0/amount}}",
    "{{sum 0:/total/0 2:/total/0}}",
    "{{sum 0:/rows/0/amount 2:/rows/1/amount}}",
    "{{difference 0:/total/0 0:/total/0}}",
    "{{ratio 0:/total/0 0:/total/0}}",
  ])("%s is refused", (reference) => {
    const { figures, plain } = prove(`It is ${reference}.`, { again: true });
    expect(figures).toEqual([]);
    expect(plain).toBe("It is [unproven: ?].");
  });

  test("different periods and different rows add up", () => {
    expect(
      prove("{{sum 0:/total/0 1:/total/0}}, {{sum 0:/rows/0/amount 1:/rows/0/amount}}", {
        again: true,
      }).figures.map(({ text }) => text),
    ).toEqual(["$219,650", "$141,001"]);
  });
});

test("a proof points at the number itself, however it was named", () => {
  const { figures } = prove("{{0:/total/0}} and {{0:/rows/0/amount/value}} and {{0:/rowCount}}");
  expect(figures.map(({ sources }) => sources[0]!.pointer)).toEqual([
    "/total/0/value",
    "/rows/0/amount/value",
    "/rowCount",
  ]);
});

describe("bare numbers", () => {
  test.each([
    ["Virtual Machines cost $70,000.50 in September.", "$70,000.50"],
    ["The total was $110,238 in September 2026.", "$110,238"],
    ["In total it was 110k USD in September.", "110k USD"],
    ["The September total was 110.238,09 €.".replace("€", "USD"), "110.238,09 USD"],
    ["Bandwidth made up 27.2 % in September.", "27.2 %"],
    ["In September $30,000.25 for Bandwidth.", "$30,000.25"],
    ["Found 412 idle VMs in vm-042's group in September.", undefined],
    ["The sum rests on 1,240 rows.", "1,240"],
  ])("%s", (sentence, text) => {
    const { figures, markdown } = prove(sentence);
    if (text === undefined) return expect(markdown).toContain("](#unproven)");
    expect(figures.map((figure) => figure.text)).toEqual([text]);
    expect(markdown).not.toContain("#unproven");
  });

  test.each([
    ["an amount of another row", "Bandwidth cost $70,000.50 in September."],
    ["two amounts swapped", "In September Virtual Machines cost $30,000.25 and Bandwidth cost $70,000.50."],
    ["an amount of another period", "Virtual Machines cost $71,000.00 in September."],
    ["another currency", "Virtual Machines cost €70,000.50 in September."],
    ["no unit", "Virtual Machines cost 70,000.50 in September."],
    ["a count that equals an amount", "Virtual Machines: 70,000.50 VMs in September."],
    ["an amount that equals a count", "vm-042 cost $412."],
    ["a sum that nobody computed", "Together they cost $100,000.75 in September."],
    ["a total said of something unknown", "Lambda cost $110,238.09 in September."],
    ["a percentage of nothing", "Spend rose by 12 percent."],
    ["spelled out", "Virtual Machines cost twelve thousand dollars."],
    ["half", "Half of it was Bandwidth."],
    ["a factor", "It doubled."],
    ["millions", "It was 1.2 million dollars."],
    ["a range", "It was between $5 and $10."],
    ["fullwidth digits", "It was $１２３."],
    ["Arabic digits", "It was ١٢٣ dollars."],
    ["superscript", "It was 10² dollars."],
    ["a fraction sign", "It was ½ of it."],
    ["an entity", "It was &#49;&#50;&#51; dollars."],
    ["zero-width joints", "It was 1\u200b2\u200b3 dollars."],
    ["emphasis inside", "It was **1**23 dollars."],
    ["an escaped comma", "It was 1\\,234 dollars."],
    ["an invented machine", "The machine vm-999 is idle."],
    ["an unknown date", "On 13 March 2019 it was stopped."],
    ["a year that is an amount", "It had 2026 VMs."],
    ["a forged list marker", "4000. dollars were spent."],
    ["exponent", "It was 1e6 dollars."],
    ["Roman numeral signs", "It was Ⅻ dollars."],
    ["a bare count", "There are 17 idle VMs."],
  ])("%s is marked", (_, sentence) => {
    const { figures, markdown } = prove(sentence);
    expect(markdown).toContain("](#unproven)");
    expect(figures).toEqual([]);
  });

  test.each([
    ["German", "It was fünfhundert Dollar.", "[unproven: fünfhundert Dollar]"],
    ["Spanish", "It was quinientos dólares.", "[unproven: quinientos dólares]"],
    ["French", "It was cinq cents euros.", "[unproven: cinq cents euros]"],
    ["Chinese", "It was 五百美元.", "[unproven: 五百美元]"],
    ["percent", "It grew by zwölf Prozent.", "[unproven: zwölf Prozent]"],
    ["a sign", "It was $ fünfhundert.", "[unproven: $ fünfhundert]"],
    [
      "before a figure",
      "It was fünfhundert Dollar ({{0:/total/0}} in total).",
      "[unproven: fünfhundert Dollar] (",
    ],
    ["a few", "It was a few dollars.", "unproven: "],
    ["a grand", "It was a grand.", "[unproven: a grand]"],
    ["a couple", "It was a couple of hundred dollars.", "unproven: "],
    ["zero", "There was zero waste.", "[unproven: zero]"],
    ["none", "Of the machines none were idle.", "[unproven: none]"],
    ["entities", "It was $1&#50;34.", "[unproven: $1234]"],
    ["struck out", "It was ~~$4242~~.", "~~[unproven: $4242]~~"],
  ])("words for amounts are marked: %s", (_, sentence, marked) => {
    const { figures, plain } = prove(sentence);
    expect(plain).toContain(marked);
    expect(figures).toHaveLength(sentence.includes("{{") ? 1 : 0);
  });

  test.each([
    "All amounts are in US dollars.",
    "Cost per euro, and the percent of it.",
    "| Service | Cost ($) | Share (%) |\n",
    "It was {{0:/total/0}} USD in total, {{0:/rows/0/share}} (percent) of it for Virtual Machines.",
    "Cost without a team is (none), a zero-downtime setup.",
    "The cost in $ per month, and the cost (%).",
    "The grand total is below.",
  ])("a unit that is only spoken of stays: %s", (sentence) => {
    expect(prove(sentence).markdown).not.toContain("#unproven");
  });

  test.each([
    ["periods of the calls", "From 1-30 Sep 2026 and in October 2026, Q3 2026, it was calm."],
    ["ISO days", "Since 2026-09-01 it was calm."],
    ["a length that a call had", "Over 30 days it was calm."],
    ["names in results", "The machine `vm-042` is idle."],
    ["common names", "EC2, S3 and k8s are services."],
    ["the clock's day", "Today is 23 November 2026."],
    ["the asked top", "The top 5 are below."],
    ["list markers in order", "1. first\n2. second\n3. third"],
  ])("%s stay", (_, sentence) => {
    expect(prove(sentence).markdown).not.toContain("#unproven");
  });

  test("the person's own words stay, amounts only where the sentence says so", () => {
    const said = ["what happened in the last 45 days, is our bill $5000?"];
    expect(prove("In the last 45 days nothing happened.", { said }).markdown).not.toContain("#unproven");
    expect(prove("You asked about $5000.", { said }).markdown).not.toContain("#unproven");
    expect(prove("The bill is $5000.", { said }).markdown).toContain("[$5000](#unproven)");
    expect(prove("There are 45 idle machines.", { said }).markdown).toContain("[45](#unproven)");
  });
});

describe("untrusted markdown", () => {
  test.each([
    ["an image", "![x](https://evil.example/a.png)", /!\[|https:/],
    ["HTML", '<img src="https://evil.example/a.png"><script>alert()</script>', /(?<!\\)</],
    ["a forged figure link", "[ok](#figure-7)", /\(#figure/],
    ["a forged unproven mark hides nothing", "[ok](#unproven)", /\(#unproven/],
    ["a reference definition", "[a]: https://evil.example", /(?<!\\)\[|https:/],
    ["an escaped bracket", "\\[ok](#figure-x)", /(?<!\\)\[/],
    ["a doubled escape", "\\\\[ok](https://evil.example)", /(?<!\\)\[|https:/],
    ["an autolink", "<https://evil.example>", /(?<!\\)<|https:/],
    ["a bare address", "see https://evil.example and www.evil.example", /https:|www\./],
    ["a code fence", "```mermaid\nx\n```", /(?<!\\)`{3}/],
    ["an image cut by a line", "![x\n](https://evil.example/a.png)", /(?<!\\)!?(?<!\\)\[|https:/],
    ["an entity bracket", "&lbrack;ok](#figure-7)", /(?<!\\)&/],
  ])("%s", (_, text, forbidden) => {
    expect(prove(text).markdown).not.toMatch(forbidden);
  });

  test("a link keeps its words and shows its host", () => {
    expect(prove("Read [the guide](https://learn.microsoft.com/azure?x=a).").plain).toBe(
      "Read the guide (learn.microsoft.com).",
    );
    expect(prove("[Approve](/api/v1/approve)").plain).toBe("Approve");
  });
});

test("a figure cut by the stream is checked as one", () => {
  const text = "Virtual Machines cost $70,000.50 in September. The total was {{0:/total/0}}. It is 17 VMs.";
  const whole = prove(text);
  for (const chunk of [1, 2, 3, 7]) expect(prove(text, { chunk })).toEqual(whole);
  expect(whole.figures.map((figure) => figure.text)).toEqual(["$70,000.50", "$110,238"]);
  expect(whole.plain).toContain("[unproven: 17] VMs");
});
