import type { FoundEndpoint } from "./find-endpoint.ts";

/** One client for each endpoint, so that its quotas are planned in one place. */
export class KeptClients<Client> {
  readonly #open: (endpoint: FoundEndpoint) => Promise<Client>;
  readonly #clients = new Map<string, Promise<Client>>();

  constructor(open: (endpoint: FoundEndpoint) => Promise<Client>) {
    this.#open = open;
  }

  get(endpoint: FoundEndpoint): Promise<Client> {
    const kept = this.#clients.get(endpoint.key) ?? this.#open(endpoint);
    this.#clients.set(endpoint.key, kept);
    // A failed opening is forgotten, so that the next call tries again.
    kept.catch(() => this.#clients.delete(endpoint.key));
    return kept;
  }
}
