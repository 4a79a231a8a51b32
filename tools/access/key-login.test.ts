import { createDatabase } from "@cloudoptima/db/client.ts";
import { afterAll, describe, expect, it } from "vitest";
import { AppError } from "../kernel/errors.ts";
import { createLog } from "../log.ts";
import { createKeyLogin } from "./key-login.ts";

describe("an API key while the database does not answer", () => {
  // Nothing listens on port 1.
  const database = createDatabase({
    engine: "server",
    connectionString: "postgres://nobody@127.0.0.1:1/none",
    max: 1,
    onError: () => {},
  });
  afterAll(() => database.close());

  it("is not called a wrong one", async () => {
    const actorOf = createKeyLogin({
      database,
      settings: { dataDir: "", demo: false, sessionKey: "k".repeat(32) },
      audit: async () => {},
      log: createLog({ level: "silent" }),
    });
    const failure = await actorOf(`co_${"x".repeat(43)}`).catch((error: unknown) => AppError.from(error));
    expect(failure).toMatchObject({ code: "unavailable" });
  });
});
