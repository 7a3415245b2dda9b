/** What supervisors hear when the database of a server goes away and comes back. */
import { serveHttp } from '@oatty/mcp';
import { createOatty } from '@oatty/runtime';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { describe, expect, it, vi } from 'vitest';
import { openCommandLine } from './command-line.ts';
import { startSeverableProxy } from './severable-proxy.ts';

const server = await sharedPostgresUrl();

describe.skipIf(server === undefined)('a server whose database is cut off', () => {
  it('is not ready until it is back, and lives all the time', async () => {
    await using home = await openCommandLine();
    const database = await createTestDatabase(server ?? '');
    const address = new URL(database.url);
    await using way = await startSeverableProxy({ host: address.hostname, port: Number(address.port) });
    const through = Object.assign(new URL(address), { host: `127.0.0.1:${way.port}` });
    const env = { DATABASE_URL: through.href, REGISTRY_CONFIG_PATH: `${home.home}/registry.json` };
    const oatty = await createOatty({ env, cwd: home.home });
    const log: string[] = [];
    const http = await serveHttp({
      oatty,
      version: '1',
      log: (entry) => void log.push(JSON.stringify(entry)),
      host: '127.0.0.1',
      port: 0,
      limits: { maxReadyMs: 15_000 },
    });
    const ask = async (path: string) => {
      const response = await fetch(new URL(path, http.url));
      return `${response.status} ${await response.text()}`;
    };
    try {
      expect(await ask('/readyz')).toBe('200 {"status":"ready"}');
      way.cut();
      expect(await ask('/readyz')).toBe('503 {"status":"unavailable"}');
      expect(await ask('/healthz')).toBe('200 {"status":"ok"}');
      expect(log.join('')).toContain('readyz');
      expect(log.join('')).not.toContain(`${address.username}:${address.password}@`);
      way.restore();
      await vi.waitFor(async () => expect(await ask('/readyz')).toBe('200 {"status":"ready"}'), 10_000);
    } finally {
      await http.close();
      await oatty.close();
      await database.drop();
    }
  });
});
