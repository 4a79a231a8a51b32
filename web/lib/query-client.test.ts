import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { sessionKey } from "./queries.ts";
import { createQueryClient } from "./query-client.ts";

const dataStateKey = [["web", "data_state"], { type: "query" }];

/** How often a call that a page shows was asked. */
function watch(client: QueryClient, queryKey: readonly unknown[]) {
  let asked = 0;
  const queryFn = async () => ++asked;
  new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
  return () => asked;
}

describe("createQueryClient", () => {
  test("asks who is signed in when a call or a change is refused for want of a session, and only then", async () => {
    const client = createQueryClient();
    const asked = watch(client, sessionKey);
    await expect.poll(asked).toBe(1);
    const refuse = (status: number) => async () => {
      throw new ApiError(status, "refused");
    };
    await client.fetchQuery({ queryKey: ["costs"], queryFn: refuse(403) }).catch(() => undefined);
    await client.fetchQuery({ queryKey: ["plans"], queryFn: refuse(404) }).catch(() => undefined);
    expect(asked()).toBe(1);
    await client.fetchQuery({ queryKey: ["costs"], queryFn: refuse(401) }).catch(() => undefined);
    await expect.poll(asked).toBe(2);
    await client
      .getMutationCache()
      .build(client, { mutationFn: refuse(401) })
      .execute(undefined)
      .catch(() => undefined);
    await expect.poll(asked).toBe(3);
  });

  test("has everything ask again once the first data is loaded, and not while it comes in or afterwards", async () => {
    const client = createQueryClient();
    const asked = watch(client, [["get_cost_breakdown"]]);
    await expect.poll(asked).toBe(1);
    const tell = (loading: object[]) =>
      client.fetchQuery({ queryKey: dataStateKey, queryFn: async () => ({ loading }), staleTime: 0 });
    await tell([{ message: "Loading" }]);
    await tell([{ message: "Loading" }]);
    expect(asked()).toBe(1);
    await tell([]);
    await expect.poll(asked).toBe(2);
    await tell([]);
    expect(asked()).toBe(2);
  });
});
