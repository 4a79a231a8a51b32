import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { makePlace } from "@cloudoptima/db/testing/database-place.ts";
import { openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "../../access/system-actor.ts";
import { randomInteger } from "../../clouds/sandbox/tenant/random.ts";
import { runAndKill } from "../../discovery/testing/run-and-kill.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import { countEverything, visibleTotals } from "../load/testing.ts";
import { generateFocus } from "./generate-focus.ts";

const now = "2026-11-20T12:00:00Z";
const rows = 9_000;

describe.each(["server", "embedded"] as const)("an importing process that is killed (%s)", (engine) => {
  let place: Awaited<ReturnType<typeof makePlace>>;
  let folder: string;
  beforeAll(async () => {
    place = await makePlace(engine);
    folder = await mkdtemp(join(tmpdir(), "co-kill-"));
  });
  afterAll(async () => {
    await place?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** An organization, and what is stored of it, read while no other process has the database open. */
  async function withTools<Result>(work: (tools: ReturnType<typeof createTestTools>) => Promise<Result>) {
    const database = await openPlace(place.place);
    try {
      return await work(createTestTools({ database, now, definitions: [] }));
    } finally {
      await database.close();
    }
  }
  const addOrganization = () =>
    withTools(async (tools) => {
      const organization = await tools.createOrganization("Contoso");
      const connectionId = randomUUID();
      const connection = { id: connectionId, organizationId: organization.id, name: "Files", settings: {} };
      await tools
        .context(systemActor(organization))
        .write((transaction) =>
          addConnection(transaction, { ...connection, kind: "focus", provider: "other" }),
        );
      return { organization, connectionId };
    });
  const stored = (organization: { id: string; name: string }) =>
    withTools(async (tools) => {
      const ctx = tools.context(systemActor(organization));
      return { totals: await visibleTotals(ctx), counts: await countEverything(ctx) };
    });

  test("at any write shows nothing of the file, and loads all of it once when started again", async () => {
    const importPath = join(folder, "costs.csv");
    await generateFocus({ path: importPath, rows, seed: 7, months: 2 });
    const job = { place: place.place, now, importPath };
    const undisturbed = await addOrganization();
    const whole = await runAndKill({ ...job, ...undisturbed });
    expect(whole).toMatchObject({ code: 0, errors: "" });
    const expected = await stored(undisturbed.organization);
    expect(expected.totals.cost_data).toMatchObject([{ rows: String(rows) }]);
    expect(whole.writeCount).toBeGreaterThan(10);

    const target = await addOrganization();
    // The last two writes publish and clean up: killed there, the file may be in already.
    const last = whole.writeCount - 2;
    const deaths = [2, randomInteger(3, last - 1, "import"), last];
    for (const at of deaths) {
      const ended = await runAndKill(
        { ...job, ...target },
        {
          onWrite: (child, count) => {
            if (count === at) child.kill("SIGKILL");
          },
        },
      );
      expect(ended, `write ${at}`).toMatchObject({ signal: "SIGKILL", errors: "" });
      const { totals } = await stored(target.organization);
      for (const level of Object.values(totals))
        expect([[], expected.totals.cost_data]).toContainEqual(level);
    }
    expect(await runAndKill({ ...job, ...target })).toMatchObject({ code: 0, errors: "" });
    const again = await runAndKill({ ...job, ...target });
    expect(again.code).toBe(0);
    expect(await stored(target.organization)).toEqual(expected);
  });
});
