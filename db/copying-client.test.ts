import { CompiledQuery, sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { canCopy, type TenantTransaction, withTenant } from "./client.ts";
import { createOrganization } from "./queries/organizations.ts";
import { describeEachEngine } from "./testing/engines.ts";

const organizationId = "00000000-0000-4000-8000-00000000c0b1";
const copy = "copy pg_temp.given from stdin with (format csv, quote '\"', escape '\\', null 'NULL')";

describeEachEngine("copy in a tenant's transaction", (engine) => {
  beforeAll(async () => {
    const organization = { id: organizationId, name: "Copy", demo: false, retentionExempt: false };
    await createOrganization(engine.database(), organization);
  });
  const write = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    withTenant(engine.database(), organizationId, { access: "write" }, work);
  const copyLines = async (transaction: TenantTransaction, lines: string) => {
    await sql`create temporary table given (n integer, words text) on commit drop`.execute(transaction);
    await transaction.executeQuery(CompiledQuery.raw(copy, [lines]));
    return (
      await sql<{ n: number; words: string | null }>`select * from given order by n`.execute(transaction)
    ).rows;
  };

  test("is possible on a server alone", async () => {
    expect(await write(async (transaction) => canCopy(transaction))).toBe(engine.name === "server");
  });

  test("brings every text as it is, and nothing stays behind", async () => {
    if (engine.name === "embedded") return;
    const words = ['a "quoted" word', "back\\slash", "two\nlines", "NULL", "\\.", "", "💶, comma"];
    const element = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    const lines = [...words.map((text, n) => `${n},${element(text)}`), `${words.length},NULL`].join("\n");
    const rows = await write((transaction) => copyLines(transaction, `${lines}\n`));
    expect(rows.map((row) => row.words)).toEqual([...words, null]);
    const { rows: left } = await engine.database().pool.query("select to_regclass('pg_temp.given') as kept");
    expect(left).toEqual([{ kept: null }]);
  });

  test("that fails is an error, and the connection serves on", async () => {
    if (engine.name === "embedded") return;
    for (let round = 0; round < 8; round++) {
      await expect(write((transaction) => copyLines(transaction, "x,y\n"))).rejects.toMatchObject({
        code: "22P02",
      });
    }
    expect(await write((transaction) => copyLines(transaction, '1,"b"\n'))).toEqual([{ n: 1, words: "b" }]);
  });
});
