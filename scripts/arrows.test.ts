import { describe, expect, it } from "vitest";
import { brokenArrows, circles, forbiddenRoads, type Import, readImports } from "./arrows.ts";
import { root } from "./run.ts";

const arrow = (from: string, to: string): Import => ({ from, to, typeOnly: false });

describe("arrows", () => {
  it.each([
    ["db/open.ts", "tools/env.ts"],
    ["tools/runtime.ts", "agent/reply.ts"],
    ["agent/reply.ts", "db/client.ts"],
    ["web/app/page.tsx", "bots/terminal/run.ts"],
    ["web/server/api.ts", "mcp-server/stdio.ts"],
    ["mcp-server/stdio.ts", "agent/reply.ts"],
    ["tools/recommendations/idle-vm.ts", "tools/clouds/sandbox/truth/manifest.ts"],
    ["tools/runtime.ts", "tools/testing/test-tools.ts"],
    ["web/server/api.ts", "tools/decide.ts"],
    ["tools/runtime.ts", "tools/clouds/connect-write.ts"],
    ["tools/runtime.ts", "db/worker-role.ts"],
  ])("refuses %s -> %s", (from, to) => {
    expect(brokenArrows([arrow(from, to)])).toHaveLength(1);
  });

  it.each([
    ["tools/runtime.ts", "db/client.ts"],
    ["agent/reply.ts", "tools/env.ts"],
    ["web/server.ts", "mcp-server/http.ts"],
    ["evals/run.ts", "tools/clouds/sandbox/truth/manifest.ts"],
    ["web/server/api.test.ts", "tools/testing/test-tools.ts"],
  ])("allows %s -> %s", (from, to) => {
    expect(brokenArrows([arrow(from, to)])).toEqual([]);
  });

  it("finds a road from a model to a decision over any number of files, and follows no types", () => {
    const first = arrow("agent/tools.ts", "tools/service/open-service.ts");
    const road = [first, arrow("tools/service/open-service.ts", "tools/product.ts")];
    expect(forbiddenRoads(road)).toEqual([
      "agent/tools.ts -> tools/service/open-service.ts -> tools/product.ts: no model may reach this.",
    ]);
    expect(forbiddenRoads([first, { ...road[1]!, typeOnly: true }])).toEqual([]);
    expect(forbiddenRoads([arrow("web/start.ts", "tools/product.ts")])).toEqual([]);
  });

  it("finds a circle of values, and none of types", () => {
    const circle = [arrow("tools/a.ts", "tools/b.ts"), arrow("tools/b.ts", "tools/a.ts")];
    expect(circles(circle)).toEqual(["tools/a.ts -> tools/b.ts -> tools/a.ts"]);
    expect(circles([circle[0]!, { ...circle[1]!, typeOnly: true }])).toEqual([]);
  });

  it("reads the imports of this repository, also over several lines, dynamic and of threads", () => {
    const imports = readImports(root);
    const has = (from: string, to: string) => imports.some((found) => found.from === from && found.to === to);
    expect(has("tools/service/owner-backend.ts", "db/migrate.ts")).toBe(true);
    expect(has("tools/demo/load-demo-data.ts", "db/client.ts")).toBe(true);
    expect(has("tools/clouds/sandbox-thread.ts", "tools/clouds/sandbox-thread-main.ts")).toBe(true);
    expect(has("tools/clouds/connect.ts", "tools/clouds/azure/azure-cloud.ts")).toBe(true);
  });
});
