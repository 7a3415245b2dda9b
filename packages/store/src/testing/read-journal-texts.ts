/** Everything that a journal keeps, for whoever looks for what must not be there. */
import { inflateSync } from 'node:zlib';
import { loadSqlite } from '../sqlite/load-sqlite.ts';

type ReadRows = (query: string) => Promise<readonly object[]>;

/** @returns what stands in the tables, by their names; what is compressed is unpacked */
export async function readStateTexts(stateFile: string): Promise<ReadonlyMap<string, string>> {
  const { DatabaseSync } = loadSqlite();
  const connection = new DatabaseSync(stateFile, { readOnly: true });
  try {
    const tables = `SELECT name FROM sqlite_schema WHERE type = 'table'`;
    return await readTables(tables, async (query) => connection.prepare(query).all());
  } finally {
    connection.close();
  }
}

/** @returns the same of a PostgreSQL */
export async function readDatabaseTexts(url: string): Promise<ReadonlyMap<string, string>> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`;
    return await readTables(tables, async (query) => (await client.query<object>(query)).rows);
  } finally {
    await client.end();
  }
}

// --- internal ---

async function readTables(tables: string, readRows: ReadRows): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { name } of (await readRows(tables)) as readonly { readonly name: string }[]) {
    const rows = await readRows(`SELECT * FROM ${name}`);
    texts.set(name, rows.flatMap((row) => Object.values(row).map(toText)).join('\n'));
  }
  return texts;
}

function toText(value: unknown): string {
  if (value instanceof Uint8Array) return inflateSync(value).toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
