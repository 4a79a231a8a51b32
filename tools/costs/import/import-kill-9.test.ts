import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { makePlace } from "@cloudoptima/db/testing/database-place.ts";
import { type DatabasePlace, openPlace } from "@cloudoptima/db/testing/open-place.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "../../access/system-actor.ts";
import { randomInteger } from "../../clouds/sandbox/tenant/random.ts";
import { runAndKill } from "../../discovery/testing/run-and-kill.ts";
import { runSeed } from "../../discovery/testing/run-seed.ts";
import { createTestTools } from "../../testing/test-tools.ts";
import { removeSupersededCosts } from "../load/remove-superseded-costs.ts";
import { countEverything, visibleTotals } from "../load/testing.ts";
import { generateFocus } from "./generate-focus.ts";

const now = "2026-11-20T12:00:00Z";
const rows = 4_000;

/** What an import that nobody disturbs stores, and in how many writes; the same on both engines. */
let undisturbed: { stored: Awaited<ReturnType<typeof stored>>; writeCount: number } | undefined;

async function withTools<Result>(
  place: DatabasePlace,
  work: (tools: ReturnType<typeof createTestTools>) => Promise<Result>,
): Promise<Result> {
  const database = await openPlace(place);
  try {
    return await work(createTestTools({ database, now, definitions: [] }));
  } finally {
    await database.close();
  }
}

/** Everything that an organization has of costs, seen or not; no other process may have the database open. */
const stored = (place: DatabasePlace, organization: { id: string; name: string }) =>
  withTools(place, async (tools) => {
    const ctx = tools.context(systemActor(organization));
    return { totals: await visibleTotals(ctx), counts: await countEverything(ctx) };
  });

const addOrganization = (place: DatabasePlace) =>
  withTools(place, async (tools) => {
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

describe.each(["server", "embedded"] as const)(
  `an importing process that is killed (%s, TEST_SEED=${runSeed})`,
  (engine) => {
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

    test("at any write shows nothing of the file, and loads all of it once when started again", {
      timeout: 600_000,
    }, async () => {
      const importPath = join(folder, "costs.csv");
      await generateFocus({ path: importPath, rows, seed: 7, months: 2 });
      const job = { place: place.place, now, importPath };
      if (!undisturbed) {
        const other = await addOrganization(place.place);
        const { writeCount, ...ended } = await runAndKill({ ...job, ...other });
        expect(ended).toMatchObject({ code: 0, errors: "" });
        undisturbed = { writeCount, stored: await stored(place.place, other.organization) };
      }
      const { stored: whole, writeCount } = undisturbed;
      expect(whole.totals.cost_data).toMatchObject([{ rows: String(rows) }]);
      expect(writeCount).toBeGreaterThan(10);

      const target = await addOrganization(place.place);
      const nothing = Object.fromEntries(Object.keys(whole.totals).map((level) => [level, []]));
      // Near the end the file is published and what it replaced is removed: killed there, it may be in already.
      for (const at of [2, randomInteger(3, writeCount - 4, runSeed, "import"), writeCount - 2]) {
        const ended = await runAndKill({ ...job, ...target, kill: { atWrite: at } });
        expect(ended, `write ${at}`).toMatchObject({ signal: "SIGKILL", errors: "" });
        const { totals } = await stored(place.place, target.organization);
        expect([nothing, whole.totals], `write ${at}`).toContainEqual(totals);
      }
      expect(await runAndKill({ ...job, ...target })).toMatchObject({ code: 0, errors: "" });
      const { totals } = await stored(place.place, target.organization);
      expect(totals).toEqual(whole.totals);
      // What the dead had stored is unseen, and removed when no load can be running any more.
      await withTools(place.place, (tools) =>
        removeSupersededCosts(tools.context(systemActor(target.organization)), { atStart: true }),
      );
      expect(await stored(place.place, target.organization)).toEqual(whole);
    });
  },
);
