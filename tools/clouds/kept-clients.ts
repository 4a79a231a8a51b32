import type { FoundEndpoint } from "./find-endpoint.ts";

interface Kept<Client> {
  version: string;
  client: Promise<Client>;
}

/** One client for each endpoint, so that its quotas are planned in one place; new credentials make a new one. */
export class KeptClients<Client> {
  readonly #open: (endpoint: FoundEndpoint) => Promise<Client>;
  readonly #clients = new Map<string, Kept<Client>>();

  constructor(open: (endpoint: FoundEndpoint) => Promise<Client>) {
    this.#open = open;
  }

  get(endpoint: FoundEndpoint): Promise<Client> {
    const { key, version = "" } = endpoint;
    const kept = this.#clients.get(key);
    if (kept?.version === version) return kept.client;
    const client = this.#open(endpoint);
    this.#clients.set(key, { version, client });
    // A failed opening is forgotten, so that the next call tries again.
    client.catch(() => {
      if (this.#clients.get(key)?.client === client) this.#clients.delete(key);
    });
    return client;
  }
}
