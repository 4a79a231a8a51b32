import { beforeAll, expect, test } from "vitest";
import { designedIndexes, designedTables } from "./testing/designed-schema.ts";
import { describeEachEngine } from "./testing/engines.ts";

describeEachEngine("the schema of the technical design", (engine) => {
  const columns = new Set<string>();
  const indexes = new Map<string, string>();
  beforeAll(async () => {
    const { pool } = engine.database();
    const found = await pool.query<{ name: string }>(
      "select table_name || '.' || column_name as name from information_schema.columns where table_schema in ('public', 'store')",
    );
    for (const { name } of found.rows) columns.add(name);
    const made = await pool.query<{ name: string; definition: string }>(
      "select indexname as name, indexdef as definition from pg_indexes where schemaname in ('public', 'store')",
    );
    for (const { name, definition } of made.rows) indexes.set(name, definition);
  });

  test.each(Object.entries(designedTables))(
    "%s has each column, or what stands for it",
    (table, designed) => {
      const { replaced = {} } = designed;
      const named = designed.columns.split(" ");
      const missing = named.filter((column) => !columns.has(`${table}.${column}`));
      expect(missing.toSorted()).toEqual(Object.keys(replaced).toSorted());
      for (const [column, { by, because }] of Object.entries(replaced)) {
        expect(because, column).toMatch(/\w \w.*\.$/);
        expect(
          by.filter((name) => !columns.has(name)),
          column,
        ).toEqual([]);
        expect(by.length, column).toBeGreaterThan(0);
      }
    },
  );

  test.each(Object.entries(designedIndexes))("%s is served", (_name, { by, columns: wanted }) => {
    const definitions = by.map((name) => indexes.get(name) ?? `no index ${name}`);
    const inIndex = (column: string) =>
      definitions.some((definition) => new RegExp(`\\(.*\\b${column}\\b`).test(definition));
    expect(
      wanted.filter((column) => !inIndex(column)),
      definitions.join("; "),
    ).toEqual([]);
  });
});
