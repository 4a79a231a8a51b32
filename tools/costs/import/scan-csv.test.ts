import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CsvRecord, scanCsv } from "./scan-csv.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "co-scan-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function scan(content: string | Buffer) {
  const path = join(directory, "file.csv");
  await writeFile(path, content);
  const records: CsvRecord[] = [];
  const defect = await scanCsv(path, (record) => {
    records.push(record);
    return true;
  });
  return { records, defect };
}

test.each([
  ["a,b\n1,2\n3,4", [1, 2, 3]],
  ["a,b\r\n1,2\r\n\r\n3,4\r\n", [1, 2, 4]],
  ["a,b\r1,2\r3,4\r", [1, 2, 3]],
  ['\ufeffa,b\n1,"x\ny\r\nz"\n3,4\n', [1, 2, 5]],
  ["\n\na,b\n\n1,2\n", [3, 5]],
])("%j starts its records on lines %j", async (content, lines) => {
  const { records, defect } = await scan(content);
  expect(defect).toBeNull();
  expect(records.map((record) => record.line)).toEqual(lines);
  expect(records.map((record) => record.fields.length)).toEqual(lines.map(() => 2));
  expect(records[0]!.fields.map((field) => field.text)).toEqual(["a", "b"]);
});

test("a field after a quoted line break is on its own line", async () => {
  const { records } = await scan('a,b\n"x\ny",2\n');
  expect(records[1]!.fields).toEqual([
    { text: "x\ny", line: 2 },
    { text: "2", line: 3 },
  ]);
});

test("defects name the line where they start", async () => {
  expect((await scan('a\nb\n"never closed\n\n')).defect).toEqual({ kind: "quote", line: 3 });
  expect((await scan('a\n"x"y\n')).defect).toEqual({ kind: "quote", line: 2 });
  expect((await scan(Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0x0a]))).defect).toEqual({
    kind: "encoding",
    line: 3,
  });
});

test("property: reads back what was quoted", async () => {
  const field = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a", "é", " ") });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
      async (rows) => {
        const csv = rows
          .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(","))
          .join("\n");
        const { records, defect } = await scan(csv);
        expect(defect).toBeNull();
        expect(records.map((record) => record.fields.map(({ text }) => text))).toEqual(rows);
      },
    ),
    { numRuns: 60, seed: 3 },
  );
});
