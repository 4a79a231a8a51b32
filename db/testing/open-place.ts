import { createDatabase, type Database } from "../client.ts";
import { openEmbedded } from "../embedded.ts";

/** Where a test's database is; plain data, to be told to another process. */
export type DatabasePlace = { url: string } | { filesDir: string };

const raise = (error: Error): never => {
  throw error;
};

/** `onError` hears of connections that end while nothing is asked. */
export async function openPlace(
  place: DatabasePlace,
  onError: (error: Error) => void = raise,
): Promise<Database> {
  return "url" in place
    ? createDatabase({ engine: "server", connectionString: place.url, max: 5, onError })
    : openEmbedded({ filesDir: place.filesDir, onError });
}
