import { CompiledQuery, sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { canCopy, type TenantTransaction, withTenant } from "./client.ts";
import { createOrganization } from "./queries/organizations.ts";
import { describeEachEngine } from "./testing/engines.ts";

const organizationId = "00000000-0000-4000-8000-00000000c0b1";
const elsewhere = "00000000-0000-4000-8000-00000000c0b2";
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
    await transaction.executeQuery(CompiledQuery.raw(copy, [[Buffer.from(lines)]]));
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

  test("into the cost tables brings rows of the transaction's organization alone, and reads none", async () => {
    if (engine.name === "embedded") return;
    const columns =
      "delivery_id, series_id, time, period_end, content_hash, occurrence, billed_cost, effective_cost";
    const line = Buffer.from("1,1,2026-10-01,2026-10-02,h,1,5,5\n");
    const copyCosts = (transaction: TenantTransaction, before = "", given = columns) =>
      transaction.executeQuery(
        CompiledQuery.raw(`copy store.cost_data (${given}) from stdin with (format csv)`, [
          [Buffer.from(before), line],
        ]),
      );
    const seen = (organization: string) =>
      withTenant(engine.database(), organization, { access: "read" }, async (transaction) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from cost_data`.execute(
          transaction,
        );
        return rows[0]!.n;
      });
    await write((transaction) => copyCosts(transaction));
    expect(await seen(organizationId)).toBe(1);
    expect(await seen(elsewhere)).toBe(0);

    const named = write((transaction) =>
      copyCosts(transaction, `${elsewhere},`, `organization_id, ${columns}`),
    );
    await expect(named).rejects.toThrow(/permission denied/);
    const nobody = withTenant(engine.database(), "", { access: "write" }, (transaction) =>
      copyCosts(transaction),
    );
    await expect(nobody).rejects.toThrow(/null value in column "organization_id"/);
    const past = write((transaction) => sql`select * from store.cost_data`.execute(transaction));
    await expect(past).rejects.toThrow(/permission denied/);
    expect(await seen(organizationId)).toBe(1);
  });

  test("that cannot read its data says why, and the connection serves on", async () => {
    if (engine.name === "embedded") return;
    const broken = async function* () {
      yield Buffer.from("1,a\n");
      throw new Error("the file is gone");
    };
    for (let round = 0; round < 3; round++) {
      const copying = write(async (transaction) => {
        await sql`create temporary table given (n integer, words text) on commit drop`.execute(transaction);
        await transaction.executeQuery(CompiledQuery.raw(copy, [broken()]));
      });
      await expect(copying).rejects.toThrow("the file is gone");
    }
    expect(await write((transaction) => copyLines(transaction, '1,"b"\n'))).toEqual([{ n: 1, words: "b" }]);
  });
});
