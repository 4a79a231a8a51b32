import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, PostgresDriver } from "kysely";
import type { Database } from "./client.ts";
import { asDatabaseAway } from "./database-away.ts";
import type { Schema } from "./schema.ts";

/**
 * The database as cloudoptima_access sees it: people of every organization, sessions, tokens, keys, invitations.
 * For "who is this?", before an organization is known; only tools/access may import this (the arrow check holds it).
 * Each statement, or each explicit transaction, runs in one transaction that takes the role on and drops it, so a
 * pooled connection (the embedded engine has one) carries nothing over. Never destroy it: the pool is the database's.
 */
export function openAccess({ pool }: Database): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new AccessDialect({ pool }) });
}

class AccessDialect extends PostgresDialect {
  readonly #config: ConstructorParameters<typeof PostgresDialect>[0];

  constructor(config: ConstructorParameters<typeof PostgresDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver() {
    return new AccessDriver(this.#config);
  }
}

/** Opens the transaction when a connection is taken and ends it when it is given back. */
class AccessDriver extends PostgresDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection().catch((error: unknown) => {
      throw asDatabaseAway(error);
    });
    try {
      await connection.executeQuery(CompiledQuery.raw("begin"));
      await connection.executeQuery(
        CompiledQuery.raw("select set_config('role', 'cloudoptima_access', true)"),
      );
      return connection;
    } catch (error) {
      await this.releaseConnection(connection as Parameters<PostgresDriver["releaseConnection"]>[0]);
      throw asDatabaseAway(error);
    }
  }

  override async releaseConnection(
    connection: Parameters<PostgresDriver["releaseConnection"]>[0],
  ): Promise<void> {
    try {
      // After a failed statement this rolls back, and the statement's own error is on its way already.
      await connection.executeQuery(CompiledQuery.raw("commit"));
    } finally {
      await super.releaseConnection(connection);
    }
  }

  override async beginTransaction(): Promise<void> {
    // It is open since the connection was taken.
  }

  override async commitTransaction(): Promise<void> {
    // Giving the connection back commits, before the caller sees a result.
  }
}
