import { randomUUID } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, inTenant, withTenant } from "@cloudoptima/db/client.ts";
import { createOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { describeEachEngine, type TestEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AuditEntry } from "../kernel/audit.ts";
import { createLog } from "../log.ts";
import { type AuditTrail, openAuditTrail } from "./audit-trail.ts";

const log = createLog({ level: "silent" });
const key = "a key of at least thirty-two letters";

describeEachEngine("the audit chain", (engine) => {
  let dataDir: string;
  let trail: AuditTrail;
  let organizationId: string;
  const headFile = () => join(dataDir, "audit-heads.log");

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "co-audit-"));
    trail = await open(engine, dataDir);
    organizationId = await newOrganization(engine.database());
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const record = (name: string, entry: Partial<AuditEntry> = {}, organization = organizationId) =>
    trail.record(
      { organizationId: organization, userId: randomUUID(), via: "session", name: "Ada", role: "admin" },
      { action: name, outcome: "done", source: "web", details: { name }, ...entry },
    );
  const recordMany = async (count: number) => {
    for (let i = 1; i <= count; i++) await record(`action_${i}`);
  };
  /** As the owner of the tables, past every policy and trigger; MINE are the rows of one organization. */
  const tamper = (statements: string, organization = organizationId) => {
    const mine = statements.replaceAll("MINE", `organization_id = '${organization}'`).split(";");
    const guards = (switched: "enable" | "disable") => [
      `alter table audit_log ${switched} trigger audit_advance_head`,
      `alter table audit_log ${switched} row level security`,
      `alter table audit_heads ${switched} row level security`,
    ];
    return engine
      .database()
      .kysely.transaction()
      .execute(async (transaction) => {
        for (const statement of [...guards("disable"), ...mine, ...guards("enable")]) {
          await sql.raw(statement).execute(transaction);
        }
      });
  };
  const broken = async () => (await trail.verify(organizationId)).broken;

  it("is intact while nobody touches it, also when it is empty", async () => {
    expect(await trail.verify(organizationId)).toMatchObject({ rowCount: 0, head: null, broken: null });
    await recordMany(5);
    expect(await trail.verify(organizationId)).toMatchObject({
      rowCount: 5,
      head: { sequence: 5, mac: expect.stringMatching(/^[0-9a-f]{64}$/) },
      signedHeadCount: 5,
      newestSignedSequence: 5,
      broken: null,
    });
  });

  it("stores any text, letter by letter", async () => {
    await record("bad\0text\ud800", {
      resourceType: "proposal",
      resourceId: "/subscriptions/Ünïcode/\u202e\0",
      ipAddress: "::FFFF:192.0.2.1%eth0",
      details: {
        "\0": "\0 \ud800",
        big: 10n ** 30n,
        zero: -0,
        tiny: 1e-300,
        at: new Date(0),
        none: undefined,
      },
    });
    await record("next", { ipAddress: "no address" });
    expect(await trail.verify(organizationId)).toMatchObject({ rowCount: 2, broken: null });
  });

  it("stores no secret, whatever an entry's details hold", async () => {
    await record("connect", {
      details: {
        password: "hunter2hunter2",
        nested: [{ clientSecret: "hunter2hunter2", url: "postgres://a:hunter2hunter2@db.example/x" }],
        error: new Error("Authorization: Bearer hunter2hunter2"),
      },
    });
    const { rows } = await asOwner(
      engine,
      organizationId,
      `select audit_log::text as row from audit_log where organization_id = '${organizationId}'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("hunter2hunter2");
    expect(await readFile(headFile(), "utf8")).not.toContain("hunter2hunter2");
  });

  it("finds a change of any column of any row", async () => {
    await record("first", { resourceType: "t", resourceId: "r", ipAddress: "192.0.2.1" });
    await record("second", { resourceType: "t", resourceId: "r", ipAddress: "192.0.2.1" });
    const other = await newOrganization(engine.database());
    const changes: Record<string, string> = {
      organization_id: `'${other}'`,
      sequence: "77",
      id: "gen_random_uuid()",
      user_id: "null",
      action: "action || ' '",
      outcome: "'refused'",
      source: "'mcp'",
      resource_type: "null",
      resource_id: "upper(resource_id)",
      // The same JSON in other letters counts, too.
      details: `replace(details::text, ':', ': ')::json`,
      ip_address: "'192.0.2.1/24'",
      created_at: "created_at + interval '1 microsecond'",
      previous_mac: "'00' || substr(mac, 3)",
      // Another first digit, whatever it is.
      mac: "translate(left(mac, 1), '0123456789abcdef', '123456789abcdef0') || substr(mac, 2)",
    };
    const { rows } = await engine
      .database()
      .pool.query(
        "select column_name as name from information_schema.columns where table_name = 'audit_log'",
      );
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(changes).sort());
    await tamper("create table kept as select * from audit_log where MINE");
    const restore = `delete from audit_log where id in (select id from kept);
      insert into audit_log select * from kept`;
    for (const sequence of [1, 2]) {
      for (const [column, value] of Object.entries(changes)) {
        await tamper(
          `${restore}; update audit_log set ${column} = ${value} where MINE and sequence = ${sequence}`,
        );
        const found = await broken();
        expect({ column, sequence: found?.sequence }).toEqual({ column, sequence });
        if (column === "id") await tamper("delete from audit_log where MINE");
      }
    }
    for (const time of ["infinity", "-infinity", "0001-01-01 BC"]) {
      await tamper(`${restore}; update audit_log set created_at = '${time}' where MINE and sequence = 2`);
      expect(await broken()).toMatchObject({ sequence: 2, kind: "changed" });
    }
    await tamper(`${restore}; drop table kept`);
    expect(await broken()).toBeNull();
  });

  it("finds deleted rows: in the middle, at the beginning, the last, the last ones, all", async () => {
    const deletions: [string, object][] = [
      [
        "delete from audit_log where MINE and sequence = 3",
        { sequence: 3, kind: "missing", problem: "row 3 is missing" },
      ],
      [
        "delete from audit_log where MINE and sequence < 3",
        { sequence: 1, problem: "rows 1 to 2 are missing" },
      ],
      ["delete from audit_log where MINE and sequence = 5", { sequence: 5, kind: "cut_off" }],
      ["delete from audit_log where MINE and sequence > 2", { sequence: 3, kind: "cut_off" }],
      ["delete from audit_log where MINE", { sequence: 1, kind: "cut_off" }],
    ];
    for (const [statement, expected] of deletions) {
      organizationId = await newOrganization(engine.database());
      await recordMany(5);
      await tamper(statement);
      expect(await broken()).toMatchObject(expected);
    }
  });

  it("finds rows cut off together with the database's own head, by the file alone", async () => {
    const cut = (sequence: number) =>
      tamper(`delete from audit_log where MINE and sequence > ${sequence};
        update audit_heads set sequence = ${sequence},
          mac = (select mac from audit_log where MINE and sequence = ${sequence}) where MINE`);
    await recordMany(5);
    await cut(4);
    expect(await broken()).toEqual({
      sequence: 5,
      kind: "cut_off",
      problem: "row 5 is cut off: audit-heads.log knows row 5",
    });
    // What is written later, with the right key, hides nothing.
    await record("after");
    expect(await broken()).toMatchObject({ sequence: 5, kind: "cut_off" });

    organizationId = await newOrganization(engine.database());
    await recordMany(3);
    await tamper("delete from audit_log where MINE; delete from audit_heads where MINE");
    expect(await broken()).toMatchObject({ sequence: 1, kind: "cut_off" });
  });

  it("finds an emptied table", async () => {
    await recordMany(3);
    await tamper("truncate audit_log; truncate audit_heads");
    expect(await broken()).toMatchObject({ sequence: 1, kind: "cut_off" });
  });

  it("finds two rows that changed places, whole or in their contents", async () => {
    await recordMany(5);
    await tamper(`update audit_log set sequence = 99 where MINE and sequence = 2;
      update audit_log set sequence = 2 where MINE and sequence = 4;
      update audit_log set sequence = 4 where MINE and sequence = 99`);
    expect(await broken()).toEqual({
      sequence: 2,
      kind: "reordered",
      problem: "row 2 was row 4: they were reordered",
    });

    organizationId = await newOrganization(engine.database());
    await recordMany(3);
    await tamper(`create table two as select * from audit_log where MINE and sequence in (1, 2);
      update audit_log a set action = t.action, details = t.details
        from two t where a.organization_id = t.organization_id and a.sequence = 3 - t.sequence; drop table two`);
    expect(await broken()).toMatchObject({ sequence: 1, kind: "changed" });
  });

  it("finds a row put in with a key of somebody else, and one put in twice", async () => {
    await recordMany(3);
    await tamper(`insert into audit_log select organization_id, 4, gen_random_uuid(), user_id, 'forged', outcome,
      source, resource_type, resource_id, details, ip_address, created_at, mac, mac from audit_log where MINE and sequence = 3`);
    expect(await broken()).toMatchObject({ sequence: 4, kind: "changed" });

    organizationId = await newOrganization(engine.database());
    await recordMany(3);
    await tamper(`alter table audit_log drop constraint audit_log_chain;
      insert into audit_log select organization_id, sequence, gen_random_uuid(), user_id, action, outcome, source,
        resource_type, resource_id, details, ip_address, created_at, previous_mac, mac
        from audit_log where MINE and sequence = 3`);
    expect(await broken()).toMatchObject({ sequence: 3, kind: "changed" });
    await tamper(`delete from audit_log where MINE;
      alter table audit_log add constraint audit_log_chain primary key (organization_id, sequence)`);
  });

  it("is no alarm when a crash left the database ahead of the file, or half a line in it", async () => {
    await recordMany(3);
    const whole = await readFile(headFile(), "utf8");
    await truncate(headFile(), whole.length - 40);
    expect(await trail.verify(organizationId)).toMatchObject({ broken: null, newestSignedSequence: 2 });
    await record("after the crash");
    expect(await trail.verify(organizationId)).toMatchObject({ broken: null, newestSignedSequence: 4 });
  });

  it("tells how far an older copy of the file reaches, which alone is no proof of tampering", async () => {
    await recordMany(2);
    await copyFile(headFile(), `${headFile()}.old`);
    await record("third");
    await copyFile(`${headFile()}.old`, headFile());
    expect(await trail.verify(organizationId)).toMatchObject({
      broken: null,
      rowCount: 3,
      newestSignedSequence: 2,
    });
    // The database remembers its head by itself, so that row 3 cannot go unseen without changing that as well.
    await tamper("delete from audit_log where MINE and sequence = 3");
    expect(await broken()).toMatchObject({ sequence: 3, kind: "cut_off" });
  });

  it("finds a head that somebody wrote without the key", async () => {
    await recordMany(1);
    const [line] = (await readFile(headFile(), "utf8")).split("\n");
    const forged = JSON.stringify({ ...JSON.parse(line!), sequence: 9 });
    await writeFile(headFile(), `${line}\n${forged}\n`);
    expect(await broken()).toMatchObject({
      problem: "line 2 of audit-heads.log was not signed with this key",
    });
  });

  it("keeps one chain when fifty audits come at once, from two hosts, to one organization or two", async () => {
    const otherHost = await mkdtemp(join(tmpdir(), "co-audit-"));
    const second = await open(engine, otherHost);
    const other = await newOrganization(engine.database());
    const trails = [trail, second];
    const recordOn = (on: AuditTrail, organization: string, action: string) =>
      on.record(
        { organizationId: organization, userId: null, via: "session" },
        { action, outcome: "refused", source: "web", details: {} },
      );
    const fifty = (organizationOf: (i: number) => string) =>
      Promise.all(
        Array.from({ length: 50 }, (_, i) => recordOn(trails[i % 2]!, organizationOf(i), `action_${i}`)),
      );
    await fifty(() => organizationId);
    await fifty((i) => (i < 25 ? organizationId : other));
    for (const [id, count] of [
      [organizationId, 75],
      [other, 25],
    ] as const) {
      const reports = await Promise.all(trails.map((on) => on.verify(id)));
      for (const report of reports) expect(report).toMatchObject({ broken: null, rowCount: count });
      // Each host signed what it wrote, and knows nothing of the other's.
      const signed = reports.map(({ signedHeadCount }) => signedHeadCount);
      expect(Math.min(...signed)).toBeGreaterThan(0);
      expect(signed[0]! + signed[1]!).toBe(count);
    }
    // Either host's heads tell that rows were cut off.
    await tamper(`delete from audit_log where MINE and sequence > 40; update audit_heads set sequence = 40,
      mac = (select mac from audit_log where MINE and sequence = 40) where MINE`);
    for (const on of trails) expect((await on.verify(organizationId)).broken).toMatchObject({ sequence: 41 });
    await rm(otherHost, { recursive: true });
  });

  it("follows the head only: a row that does not is refused by the database, whoever writes it", async () => {
    await recordMany(2);
    const insert = (sequence: number, previousMac: string) =>
      withTenant(engine.database(), organizationId, { access: "write" }, (transaction) =>
        sql`insert into audit_log (organization_id, sequence, id, action, outcome, source, details, created_at,
            previous_mac, mac)
          values (${organizationId}, ${sequence}, gen_random_uuid(), 'a', 'done', 'web', '{}', now(),
            ${previousMac}, 'm')`.execute(transaction),
      );
    await expect(insert(4, "m")).rejects.toThrow(/does not follow the head/);
    await expect(insert(3, "m")).rejects.toThrow(/does not follow the head/);
    await expect(insert(2, "m")).rejects.toThrow(/audit_log_chain/);
    expect(await broken()).toBeNull();
  });

  it("can be changed by none of the product's roles", async () => {
    await recordMany(1);
    for (const role of ["cloudoptima_app", "cloudoptima_gate", "cloudoptima_worker"] as const) {
      for (const statement of [
        "update audit_log set action = 'b'",
        "delete from audit_log",
        "truncate audit_log",
        "update audit_heads set sequence = 0",
        "delete from audit_heads",
        "alter table audit_log disable trigger all",
        "update audit_key set key_id = 'x'",
      ]) {
        await expect(
          inTenant(engine.database(), organizationId, "write", role, (transaction) =>
            sql.raw(statement).execute(transaction),
          ),
        ).rejects.toThrow(/permission denied|must be owner/);
      }
    }
    expect(await broken()).toBeNull();
  });

  it("refuses to start with another key than the one that began the chains", async () => {
    await expect(open(engine, dataDir, "another key of at least thirty-two letters")).rejects.toMatchObject({
      code: "conflict",
      message: "The audit log of this database was begun with another key.",
    });
  });
});

function open(engine: TestEngine, dataDir: string, auditKey = key): Promise<AuditTrail> {
  const settings = { dataDir, databaseUrl: undefined, auditKey };
  return openAuditTrail({ database: engine.database(), settings, log });
}

async function newOrganization(database: Database): Promise<string> {
  const id = randomUUID();
  await createOrganization(database, { id, name: id, demo: false, retentionExempt: false });
  return id;
}

function asOwner(engine: TestEngine, organizationId: string, statement: string) {
  return engine
    .database()
    .kysely.transaction()
    .execute(async (transaction) => {
      await sql`select set_config('app.organization_id', ${organizationId}, true)`.execute(transaction);
      return sql.raw(statement).execute(transaction);
    });
}
