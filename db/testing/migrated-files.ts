import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { openEmbedded } from "../embedded.ts";
import { migrate } from "../migrate.ts";

const db = join(import.meta.dirname, "..");
const cache = join(db, "..", "node_modules", ".cache", "migrated");
const copying = "copying-";

const raise = (error: Error) => {
  throw error;
};

/**
 * Puts the files of a migrated embedded database into the folder. They are made once for each state of what makes
 * them, not once for each run: that is most of what a run of one test file would do.
 */
export async function makeMigratedFiles(filesDir: string): Promise<void> {
  const kept = join(cache, await nameOfState());
  if (existsSync(kept)) return cp(kept, filesDir, { recursive: true });
  const database = await openEmbedded({ filesDir, onError: raise });
  await migrate(database);
  await database.close();
  await keep(filesDir, kept);
}

/** Two runs may do this at once: the files of the first one stay, and a half of them is never seen. */
async function keep(filesDir: string, kept: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const isOther = (name: string) => name !== basename(kept) && !name.startsWith(copying);
  const earlier = (await readdir(cache)).filter(isOther);
  await Promise.all(earlier.map((name) => rm(join(cache, name), { recursive: true, force: true })));
  const copy = await mkdtemp(join(cache, copying));
  await cp(filesDir, copy, { recursive: true });
  try {
    await rename(copy, kept);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

/** A digest of the migrations, of the code that applies them and of the engine. */
async function nameOfState(): Promise<string> {
  const inFolder = async (folder: string) =>
    (await readdir(folder)).filter((name) => /\.(ts|sql)$/.test(name)).map((name) => join(folder, name));
  const engine = createRequire(import.meta.url);
  const packages = ["@electric-sql/pglite", "@electric-sql/pglite-pgvector"].map((name) =>
    join(dirname(engine.resolve(name)), "..", "package.json"),
  );
  const files = [...(await inFolder(db)), ...(await inFolder(join(db, "migrations"))), ...packages].sort();
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(await readFile(file));
  return digest.digest("hex").slice(0, 32);
}
