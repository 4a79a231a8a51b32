import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const script = join(import.meta.dirname, "judge-tenant.ts");
const readme = join(import.meta.dirname, "..", "tools", "clouds", "sandbox", "README.md");
const environment = { ...process.env, CLOUDOPTIMA_NOW: "2026-10-05T09:00:00Z" };
const judge = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env: environment });

test("the README's tenant is served and judged; what its truth leaves out fails", async () => {
  const directory = await mkdtemp(join(tmpdir(), "cloudoptima-judged-"));
  try {
    const [, tenant = ""] = /```json\n(.*?)```/s.exec(await readFile(readme, "utf8")) ?? [];
    const [tenantFile, truthFile] = ["tenant.json", "truth.json"].map((name) => join(directory, name));
    await writeFile(tenantFile!, tenant);
    const { resources } = JSON.parse(tenant);
    const waste = (resourceId: string) => ({
      type: "unattached_disk",
      resourceId,
      since: "2025-01-01",
      why: "Nobody uses it.",
      dailyEffectiveCost: "0.6",
      monthlySaving: "18.25",
    });
    await writeFile(
      truthFile!,
      JSON.stringify({ waste: [resources[0].id, `${resources[0].id}-2`].map(waste) }),
    );
    const { stdout, stderr, status } = judge("--tenant", tenantFile!, "--truth", truthFile!);
    expect(stderr).toContain("FAILED unattached_disk");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      types: [
        {
          type: "unattached_disk",
          plantedCount: 2,
          foundCount: 1,
          precision: 1,
          recall: 0.5,
          savingsError: 0,
        },
      ],
      differences: [expect.objectContaining({ kind: "missed", resourceId: `${resources[0].id}-2` })],
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}, 120_000);

test("a tenant without a truth is asked back", () => {
  const { stderr, status } = judge("--tenant", "tenant.json");
  expect(stderr).toContain("npm run judge -- --tenant FILE --truth FILE");
  expect(status).toBe(2);
});
