import { describe, expect, it } from "vitest";
import { AppError } from "./kernel/errors.ts";
import { createLog } from "./log.ts";

const secrets = ["sk-live-4242", "hunter2", "eyJhbGciOi", "client-secret-77", "AccountKey99"];

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: "trace", destination: { write: (line) => void lines.push(line) } }));
  expect(lines.length).toBeGreaterThan(0);
  return lines.join("");
}

describe("the log", () => {
  it("never writes a secret, wherever it stands", () => {
    const driverError = Object.assign(new Error("connect to postgres://app:hunter2@db:5432/x failed"), {
      code: "ECONNREFUSED",
      client: { password: "hunter2", connectionParameters: { password: "hunter2" } },
    });
    const text = logged((log) => {
      log.info(
        { apiKey: "sk-live-4242", nested: { list: [{ clientSecret: "client-secret-77" }] } },
        "settings",
      );
      log.warn({ headers: { authorization: "Bearer eyJhbGciOi", cookie: "session=eyJhbGciOi" } }, "request");
      log.error({ err: driverError }, "database failed");
      log.error({ err: new AppError("internal", "outer", { cause: driverError }) }, "wrapped");
      log.error(driverError);
      log.info("using postgres://app:hunter2@db:5432/x with Bearer eyJhbGciOi");
      log.child({ storage: { account_key: "AccountKey99", access_key: "AccountKey99" } }).info("child");
    });
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it("keeps what an operator needs", () => {
    const cause = Object.assign(new Error("no route"), { code: "EHOSTUNREACH" });
    const text = logged((log) => {
      log.error(
        { err: new AppError("unavailable", "Azure cannot be reached.", { cause }), tokenCount: 7 },
        "scan",
      );
    });
    expect(JSON.parse(text)).toMatchObject({
      msg: "scan",
      err: { message: "Azure cannot be reached.", code: "unavailable", cause: { code: "EHOSTUNREACH" } },
    });
  });
});
