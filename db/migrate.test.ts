import { expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { describeEachEngine } from "./testing/engines.ts";

describeEachEngine("migrate", (engine) => {
  it("applies nothing twice, also with two starters", async () => {
    const [first, second] = await Promise.all([migrate(engine.database()), migrate(engine.database())]);
    expect(first).toEqual([]);
    expect(second).toEqual([]);
  });

  it("refuses a database made by another version of a file", async () => {
    const { pool } = engine.database();
    await pool.query("update schema_migrations set checksum = 'other' where name like '0001%'");
    await expect(migrate(engine.database())).rejects.toThrow(/another version of 0001_organizations.sql/);
  });
});
