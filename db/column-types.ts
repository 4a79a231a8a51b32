import type { ColumnType } from "kysely";

/** Exact decimal: PostgreSQL numeric, always a string outside the database. */
export type Numeric = ColumnType<string, string | number, string | number>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** The database fills it in when it is left out. */
export type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
/** Calendar day in UTC as YYYY-MM-DD. */
export type Day = ColumnType<string, string, string>;
export type Json<T> = ColumnType<T, string, string>;
export type BigId = ColumnType<string, string | number, never>;
