import { openAccess } from "@cloudoptima/db/access.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { createLog } from "../log.ts";
import { createAuth } from "./auth.ts";
import { argon2id } from "./password-hash.ts";

describeEachEngine("the sign-in library", (engine) => {
  it("finds every table and column that it writes", async () => {
    const auth = createAuth(
      {
        access: openAccess(engine.database()),
        keys: { cookie: "a secret that is long enough for it", token: new Uint8Array(32) },
        passwords: argon2id,
        log: createLog({ level: "silent" }),
      },
      { secure: false, checkTables: true },
    );
    await (await auth.$context).checkSchema?.();
    expect(await auth.api.getSession({ headers: new Headers() })).toBeNull();
  });

  it("works in a role of its own that leaves nothing behind on the connection", async () => {
    const access = openAccess(engine.database());
    const whoAmI = sql<{ role: string }>`select current_user as role`;
    expect((await whoAmI.execute(access)).rows[0]!.role).toBe("cloudoptima_access");
    await access.transaction().execute(async (transaction) => {
      expect((await whoAmI.execute(transaction)).rows[0]!.role).toBe("cloudoptima_access");
    });
    await expect(sql`select * from no_such_table`.execute(access)).rejects.toThrow("no_such_table");
    const { rows } = await engine.database().pool.query("select current_user = session_user as own");
    expect(rows).toEqual([{ own: true }]);
  });

  it("rolls back what an explicit transaction did before it failed", async () => {
    const access = openAccess(engine.database());
    const attempt = { key: "rolled back", attempt_count: 1, window_ends_at: new Date() };
    const failing = access.transaction().execute(async (transaction) => {
      await transaction.insertInto("sign_in_attempts").values(attempt).execute();
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await access.selectFrom("sign_in_attempts").select("key").execute()).toEqual([]);
  });

  it.each([
    ["change a role", sql`update users set role = 'admin'`],
    ["remove a person", sql`delete from users`],
    ["read cost", sql`select * from cost_daily`],
    ["read proposals", sql`select * from remediation_actions`],
    ["approve", sql`insert into remediation_approvals default values`],
    ["read the audit log", sql`select * from audit_log`],
  ])("its role may not %s", async (_what, statement) => {
    await expect(statement.execute(openAccess(engine.database()))).rejects.toThrow("permission denied");
  });
});
