import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { readWebEnvironment } from "../env.ts";
import { refuseForeignRequest } from "./check-origin.ts";

const local = readWebEnvironment({});
const refusal = (headers: Record<string, string>, method = "POST", environment = local) =>
  refuseForeignRequest({ method, headers } as unknown as IncomingMessage, environment, 3000);

describe("refuseForeignRequest", () => {
  test("answers to its own names and port", () => {
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"]) {
      expect(refusal({ host }, "GET")).toBeNull();
    }
  });

  test("refuses another name that resolves to this machine (DNS rebinding)", () => {
    for (const host of [
      "evil.example",
      "evil.example:3000",
      "127.0.0.1.evil.example:3000",
      "localhost:4000",
      "",
    ]) {
      expect(refusal({ host }, "GET")).toContain("does not answer");
    }
  });

  test("refuses a write that another site's page sends", () => {
    const host = "localhost:3000";
    for (const origin of [
      "https://evil.example",
      "http://localhost:4000",
      "null",
      "http://localhost:3000.evil.example",
    ]) {
      expect(refusal({ host, origin })).toContain("other sites");
    }
    expect(refusal({ host, "sec-fetch-site": "cross-site" })).toContain("other sites");
    expect(refusal({ host, origin: "http://localhost:3000", "sec-fetch-site": "same-origin" })).toBeNull();
  });

  test("refuses a WebSocket that another site's page opens, although it is a GET", () => {
    const headers = { host: "localhost:3000", upgrade: "websocket" };
    expect(refusal({ ...headers, origin: "https://evil.example" }, "GET")).toContain("other sites");
    expect(refusal({ ...headers, origin: "http://localhost:3000" }, "GET")).toBeNull();
    expect(refusal(headers, "GET")).toBeNull();
  });

  test("answers to the public address when one is set, and to no other", () => {
    const environment = readWebEnvironment({
      HOST: "0.0.0.0",
      CLOUDOPTIMA_PUBLIC_URL: "https://cost.contoso.example",
    });
    expect(environment.loopback).toBe(false);
    expect(
      refusal({ host: "cost.contoso.example", origin: "https://cost.contoso.example" }, "POST", environment),
    ).toBeNull();
    expect(refusal({ host: "0.0.0.0:3000" }, "GET", environment)).not.toBeNull();
    expect(refusal({ host: "evil.example" }, "GET", environment)).not.toBeNull();
  });
});

describe("readWebEnvironment", () => {
  test("says which variable is wrong", () => {
    expect(() => readWebEnvironment({ PORT: "many" })).toThrow(/PORT cannot be used: must be a port/);
    expect(() => readWebEnvironment({ PORT: "70000" })).toThrow(/PORT/);
  });

  test("binds to loopback unless told otherwise", () => {
    expect(readWebEnvironment({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      publicUrl: null,
      loopback: true,
    });
    expect(readWebEnvironment({ PORT: "", HOST: "", CLOUDOPTIMA_PUBLIC_URL: "" })).toEqual(
      readWebEnvironment({}),
    );
    expect(readWebEnvironment({ HOST: "0.0.0.0" }).loopback).toBe(false);
  });
});
