import { createDatabase, type Database } from "../client.ts";
import { openEmbedded } from "../embedded.ts";

/** Where a test's database is; plain data, to be told to another process. */
export type DatabasePlace = { url: string } | { filesDir: string };

export async function openPlace(place: DatabasePlace): Promise<Database> {
  const onError = (error: Error) => {
    throw error;
  };
  return "url" in place
    ? createDatabase({ engine: "server", connectionString: place.url, max: 5, onError })
    : openEmbedded({ filesDir: place.filesDir, onError });
}
